package io.mixgraph.media.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * The bytes of an object. The read that would return the last of them fails instead when they are not what was stored,
 * so whoever has all of them has the right ones.
 */
final class VerifiedStream extends InputStream {
    private final InputStream in;
    private final String name;
    private final long size;
    private final String sha256;
    private final MessageDigest digest = Sha256.digest();
    private long left;
    private boolean verified;

    /**
     * Takes over a stream, and closes it when closed.
     *
     * @param name of the object, for messages
     * @param size how many bytes it has to have
     */
    VerifiedStream(InputStream in, String name, long size, String sha256) {
        this.in = in;
        this.name = name;
        this.size = size;
        this.sha256 = sha256;
        this.left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (verified) {
            return -1;
        }
        int read = left == 0 ? -1 : readSome(bytes, offset, (int) Math.min(length, left));
        if (read < 0 && left > 0) {
            throw new IOException(name + " ended after " + (size - left) + " of " + size + " bytes; try again");
        }
        if (read > 0) {
            digest.update(bytes, offset, read);
            left -= read;
        }
        if (left == 0) {
            verify();
        }
        return read;
    }

    private int readSome(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (ClosedByInterruptException e) {
            throw WholeFile.interrupted(name, e);
        } catch (IOException e) {
            throw new IOException(
                    name + ": reading failed after " + (size - left) + " of " + size + " bytes (" + e.getMessage()
                            + "); check the disk or the connection and try again",
                    e);
        }
    }

    private void verify() throws IOException {
        String found = Sha256.hex(digest.digest());
        if (!found.equals(sha256)) {
            throw new DamagedObjectException(name, found);
        }
        verified = true;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
