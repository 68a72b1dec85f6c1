package io.mixgraph.media.cache;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.render.SignalCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Signals in a cache folder, a file each; what goes wrong stands in {@link CacheFolder#troubles}. */
public final class SignalFolder implements SignalCache {
    /** Eight days at 48 kHz; what claims to be longer is not kept. */
    private static final long MAX_FRAMES = 1L << 35;

    private final CacheFolder folder;
    private final CacheFolder.Kind kind;
    private final @Nullable String inexact;

    /** The signals in {@code folder}. */
    public SignalFolder(CacheFolder folder) {
        this(
                folder,
                CacheFolder.Kind.SIGNALS,
                "a signal is finer than 32-bit floats and was not kept; please report it");
    }

    /** @param inexact the trouble that it is when samples are no 32-bit floats; null when it is none */
    SignalFolder(CacheFolder folder, CacheFolder.Kind kind, @Nullable String inexact) {
        this.folder = folder;
        this.kind = kind;
        this.inexact = inexact;
    }

    @Override
    public boolean has(String digest) {
        Path path = folder.file(kind, digest);
        return path != null && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@inheritDoc} All of it is read once before: about 0.3 s per GB that the system has in memory. */
    @Override
    public @Nullable Recalled open(String digest) {
        return open(digest, 0, true);
    }

    /**
     * Opens a signal at a frame.
     *
     * @param verified whether all of it is read once before; otherwise damage in the midst of it shows as
     *     {@link SignalFile.Damaged} when it is read
     */
    @Nullable
    SignalReader open(String digest, long firstFrame, boolean verified) {
        Path path = folder.file(kind, digest);
        if (path == null) {
            return null;
        }
        SignalReader reader = null;
        try {
            reader = SignalReader.open(path, firstFrame);
            if (verified) {
                reader.verify();
            }
            folder.used(path);
            return reader;
        } catch (IOException e) {
            if (reader != null) {
                close(reader);
            }
            failed(path, e);
            return null;
        }
    }

    /** Deletes what is damaged and notes what cannot be read. */
    void failed(String digest, IOException e) {
        Path path = folder.file(kind, digest);
        if (path != null) {
            failed(path, e);
        }
    }

    private void failed(Path path, IOException e) {
        if (e instanceof SignalFile.Damaged) {
            folder.damaged(path);
        } else {
            folder.unreadable(e);
        }
    }

    private void close(SignalReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            folder.unreadable(e);
        }
    }

    @Override
    public @Nullable Keeping keep(String digest, AudioFormat format, long frames) {
        return write(digest, format, frames);
    }

    @Nullable
    SignalWriter write(String digest, AudioFormat format, long frames) {
        Path path = folder.file(kind, digest);
        if (path == null || has(digest) || frames > MAX_FRAMES) {
            return null;
        }
        return SignalWriter.open(folder, path, format, frames, inexact);
    }
}
