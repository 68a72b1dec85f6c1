package io.mixgraph.codecs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/**
 * Packets kept aside until all that goes before them in the finished file is known: written once, then read once, in
 * order. Its file goes with it.
 */
final class PacketSpool implements Closeable {
    private static final int IO_BYTES = 1 << 16;
    /** Stream, flags, pts, dts, duration, size, how many pieces of side data. */
    private static final int HEADER_BYTES = 4 + 4 + 8 + 8 + 8 + 4 + 4;

    private static final int SIDE_HEADER_BYTES = 8;

    private final SeekableByteChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(IO_BYTES);
    private byte[] piece = new byte[0];

    /** Of what was written, how much has not been read. */
    private long bytes;

    /** @param channel read and written here, and closed */
    PacketSpool(SeekableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes one in a file that is gone when it is closed, and on most systems has no name even before.
     *
     * @throws IOException of the system, when the file cannot be made
     */
    static PacketSpool create(Path file) throws IOException {
        Files.deleteIfExists(file);
        return new PacketSpool(Files.newByteChannel(
                file,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)));
    }

    /** Takes a copy of a packet. */
    void add(int stream, AVPacket packet) throws IOException {
        int pieces = packet.side_data_elems();
        room(HEADER_BYTES);
        buffer.putInt(stream).putInt(packet.flags());
        buffer.putLong(packet.pts()).putLong(packet.dts()).putLong(packet.duration());
        buffer.putInt(packet.size()).putInt(pieces);
        for (int i = 0; i < pieces; i++) {
            AVPacketSideData side = packet.side_data().getPointer(i);
            room(SIDE_HEADER_BYTES);
            buffer.putInt(side.type()).putInt((int) side.size());
            put(side.data(), (int) side.size());
        }
        put(packet.data(), packet.size());
    }

    private void put(BytePointer data, int size) throws IOException {
        if (size == 0) {
            return;
        }
        if (piece.length < size) {
            piece = new byte[size];
        }
        data.get(piece, 0, size);
        room(size);
        buffer.put(piece, 0, size);
    }

    private void room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
            if (buffer.capacity() < bytes) {
                buffer = ByteBuffer.allocate(bytes);
            }
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        bytes += buffer.remaining();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Ends writing; reading begins at the first packet. */
    void rewind() throws IOException {
        flush();
        channel.position(0);
        buffer.limit(0);
    }

    /** How much is left to be read, in bytes. */
    long bytes() {
        return bytes;
    }

    /**
     * Fills an empty packet with the next one. The caller unrefs it.
     *
     * @return false at the end
     */
    boolean next(AVPacket packet) throws IOException {
        if (!fill(HEADER_BYTES)) {
            return false;
        }
        int stream = buffer.getInt();
        int flags = buffer.getInt();
        long pts = buffer.getLong();
        long dts = buffer.getLong();
        long duration = buffer.getLong();
        int size = buffer.getInt();
        int pieces = buffer.getInt();
        memory(avcodec.av_new_packet(packet, size) == 0);
        packet.stream_index(stream).flags(flags).pts(pts).dts(dts).duration(duration);
        for (int i = 0; i < pieces; i++) {
            fill(SIDE_HEADER_BYTES);
            int type = buffer.getInt();
            int bytes = buffer.getInt();
            BytePointer side = avcodec.av_packet_new_side_data(packet, type, bytes);
            memory(side != null && !side.isNull());
            take(side, bytes);
        }
        take(packet.data(), size);
        return true;
    }

    private void take(BytePointer to, int size) throws IOException {
        if (size == 0) {
            return;
        }
        fill(size);
        to.put(buffer.array(), buffer.position(), size);
        buffer.position(buffer.position() + size);
    }

    private static void memory(boolean there) throws IOException {
        if (!there) {
            throw new IOException("there is no memory for a packet");
        }
    }

    /** Has so many bytes in the buffer. False at the end, where there is none. */
    private boolean fill(int wanted) throws IOException {
        if (buffer.remaining() >= wanted) {
            return true;
        }
        if (buffer.capacity() < wanted) {
            buffer = ByteBuffer.allocate(wanted).put(buffer);
        } else {
            buffer.compact();
        }
        int count = 0;
        while (count >= 0 && buffer.position() < wanted) {
            count = channel.read(buffer);
            bytes -= Math.max(0, count);
        }
        buffer.flip();
        if (count < 0 && buffer.hasRemaining()) {
            throw new IOException("what was written beside it has been cut short");
        }
        return count >= 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
