package io.mixgraph.media.store;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Abortable;

/** The body of an answer: one that comes too slowly fails, and one that is not read to its end is not waited for. */
final class PatientStream<S extends InputStream & Abortable> extends InputStream {
    private final S in;
    private final Patience patience;
    private long bytes;
    private long waitedNanos;
    private boolean ended;

    /** Takes over a body. */
    PatientStream(S in, Patience patience) {
        this.in = in;
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long start = System.nanoTime();
        int read;
        try {
            read = in.read(into, offset, length);
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
        // Only what passes in here counts: who reads may take any time.
        waitedNanos += System.nanoTime() - start;
        ended = read < 0;
        bytes += Math.max(0, read);
        if (waitedNanos > patience.forBytes(bytes).toNanos()) {
            throw new IOException("they took " + waitedNanos / 1_000_000_000 + " s, too long to wait for the rest");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            in.abort();
        }
        in.close();
    }
}
