package io.mixgraph.wav;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Files open for reading: only so many at once, however many are being read. When there is no room for another one, the
 * one that was read longest ago is closed; it is opened again when it is read next, and must then be what it was. Safe
 * for use by many threads.
 */
public final class OpenFiles {
    /** Half of what the strictest systems let a process have open, which is 256 of any kind. */
    private static final int MOST = 128;

    /** Those of this process: what it may have open counts for all that it does. */
    static final OpenFiles OF_PROCESS = new OpenFiles(MOST);

    /** The files that are open or about to be; null where there is room. */
    private final @Nullable Handle[] places;

    private long reads;
    private int open;
    private int peak;

    /** @param most how many files are open at once, at least 1; further threads that want to read wait */
    public OpenFiles(int most) {
        this.places = new Handle[most];
    }

    /** How many files were open at once so far, at most. */
    public synchronized int peak() {
        return peak;
    }

    /** A file to be read, opened when it is read first. */
    Handle handle(FileVersion file) {
        return new Handle(file);
    }

    /** A file that is read by position, open at the moment or not. Used by one thread at a time. */
    final class Handle implements Closeable {
        private static final int NOWHERE = -1;

        private final FileVersion file;
        private int place = NOWHERE;
        private boolean reading;
        private long lastRead;

        /** While it is read it belongs to the reader, else to whoever holds the lock. */
        private @Nullable FileChannel channel;

        private Handle(FileVersion file) {
            this.file = file;
        }

        /**
         * Reads as {@link FileChannel#read(ByteBuffer, long)} does.
         *
         * @throws IOException not naming the file; also when it has changed since its version was taken
         */
        int read(ByteBuffer into, long position) throws IOException {
            FileChannel leaving = begin();
            try {
                if (leaving != null) {
                    leaving.close();
                }
                if (channel == null) {
                    channel = file.open();
                }
                return channel.read(into, position);
            } finally {
                end();
            }
        }

        /** Takes a place until {@link #end}; gives what is to be closed for it. */
        private @Nullable FileChannel begin() throws IOException {
            synchronized (OpenFiles.this) {
                FileChannel leaving = null;
                if (place == NOWHERE) {
                    int found = place();
                    Handle before = places[found];
                    leaving = before == null ? null : before.leave();
                    places[found] = this;
                    place = found;
                    open++;
                    peak = Math.max(peak, open);
                }
                reading = true;
                lastRead = ++reads;
                return leaving;
            }
        }

        private void end() {
            synchronized (OpenFiles.this) {
                reading = false;
                OpenFiles.this.notifyAll();
            }
        }

        /** Gives up its place, and what is to be closed for that. */
        private @Nullable FileChannel leave() {
            FileChannel leaving = channel;
            channel = null;
            if (place != NOWHERE) {
                places[place] = null;
                place = NOWHERE;
                open--;
            }
            return leaving;
        }

        @Override
        public void close() throws IOException {
            FileChannel leaving;
            synchronized (OpenFiles.this) {
                leaving = leave();
                OpenFiles.this.notifyAll();
            }
            if (leaving != null) {
                leaving.close();
            }
        }
    }

    /** Where there is room, or the file that was read longest ago; waits while all of them are being read. */
    private int place() throws IOException {
        while (true) {
            Handle oldest = null;
            for (int i = 0; i < places.length; i++) {
                Handle there = places[i];
                if (there == null) {
                    return i;
                }
                if (!there.reading && (oldest == null || there.lastRead < oldest.lastRead)) {
                    oldest = there;
                }
            }
            if (oldest != null) {
                return oldest.place;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        }
    }
}
