package io.mixgraph.cli;

import io.mixgraph.FinishedFiles;
import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.codecs.Codecs;
import io.mixgraph.documents.Json;
import io.mixgraph.media.cache.CacheFolder;
import io.mixgraph.media.cache.DecodedRecordings;
import io.mixgraph.media.cache.DigestedSource;
import io.mixgraph.media.cache.FileDigests;
import io.mixgraph.media.cache.SignalFolder;
import io.mixgraph.render.RenderReport.FileReport;
import io.mixgraph.render.SignalCache;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What there is of earlier renders and need not be made again: recordings, signals, and whole renders. */
final class EarlierRenders implements Recordings, FinishedFiles {
    private final CacheFolder folder;
    private final long maxBytes;
    private final FileDigests digests;

    /** Files that were found finished and not written again. */
    private final Set<Path> left = new HashSet<>();

    /**
     * @param folder where it is
     * @param maxBytes how large it may grow
     */
    EarlierRenders(CacheFolder folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.digests = new FileDigests(folder);
    }

    /** Nothing: everything is made anew. */
    static EarlierRenders none() {
        return new EarlierRenders(CacheFolder.none(), 0);
    }

    /** Whether there is any of it, and what is rendered now is kept. */
    boolean keeps() {
        return folder.keeps();
    }

    /**
     * What opens recordings.
     *
     * @param digested whether their digests are wanted although nothing is kept
     */
    Recordings recordings(boolean digested) {
        return !folder.keeps() && !digested ? Recordings.PLAIN : this;
    }

    /** What buses handed on. */
    SignalCache signals() {
        return folder.keeps() ? new SignalFolder(folder) : SignalCache.NONE;
    }

    /** What went wrong with keeping and reading, for people; renders are right without. */
    List<String> troubles() {
        return folder.troubles();
    }

    @Override
    public AudioSource open(Path file, String name) throws IOException {
        AudioFiles.check(file, name);
        SourceOpener real = opened -> AudioFiles.open(file, opened);
        if (AudioFiles.isWave(name)) {
            return DigestedSource.open(file, name, digests, real);
        }
        // Not before: the build is asked of FFmpeg's classes, and those who have WAV only do not wait for them.
        return new DecodedRecordings(folder, digests, Codecs.build()).open(file, name, real);
    }

    /**
     * A render that is asked for, by what is known without reading the session.
     *
     * @param document its document
     * @param sources the folder of its recordings as the user gave it; null for the document's
     * @param allowOutside whether they may leave it
     * @param out where it goes
     * @param html whether it has a page
     */
    record Request(Path document, @Nullable Path sources, boolean allowOutside, Path out, boolean html) {
        /** Equal for equal requests to the same program. */
        private String text(String documentSha256) throws IOException {
            StringBuilder text = new StringBuilder("render 1\n");
            text.append(MixEngine.VERSION)
                    .append(' ')
                    .append(MixEngine.DSP_REVISION)
                    .append('\n');
            for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path jar = Path.of(part);
                text.append(part).append(' ');
                text.append(Files.exists(jar) ? Files.size(jar) + " " + Files.getLastModifiedTime(jar) : "")
                        .append('\n');
            }
            text.append(Codecs.build()).append('\n');
            text.append(document.toAbsolutePath())
                    .append(' ')
                    .append(documentSha256)
                    .append('\n');
            text.append(sources == null ? "" : sources.toAbsolutePath()).append('\n');
            text.append(allowOutside).append(' ').append(html).append('\n');
            return text.append(out.toAbsolutePath()).toString();
        }
    }

    /**
     * The render that is asked for, when it was published before and neither what it reads nor what it made changed.
     *
     * @param reads is told of the files that it was made of before they are looked at
     */
    @Nullable
    PublishedRender find(Request request, Consumer<List<Path>> reads) {
        try {
            if (!folder.keeps() || !Files.isRegularFile(request.document)) {
                return null;
            }
            String kept = folder.text(CacheFolder.Kind.RENDERS, key(request, digests.of(request.document)));
            if (kept == null) {
                return null;
            }
            PublishedRender render = Json.read(kept, "cache", PublishedRender.class);
            reads.accept(render.inputs().keySet().stream().map(Path::of).toList());
            boolean unchanged = are(render.inputs(), Path.of(""))
                    // A link would be replaced.
                    && are(render.outputs(), request.out, LinkOption.NOFOLLOW_LINKS);
            return unchanged ? render : null;
        } catch (IOException e) {
            // What it was is not known any more, so it is made again, and what is wrong is said then.
            return null;
        }
    }

    /** How long the last render of all of a session took; null when that is not known. */
    @Nullable
    Double wholeSeconds(Path document) {
        String kept = folder.text(CacheFolder.Kind.RENDERS, times(document));
        return kept == null ? null : Double.valueOf(kept);
    }

    /** Keeps how long a render of all of a session took. */
    void keepWholeSeconds(Path document, double seconds) {
        folder.keep(CacheFolder.Kind.RENDERS, times(document), Double.toString(seconds));
    }

    private static String times(Path document) {
        return Digest.sha256("whole " + document.toAbsolutePath());
    }

    @Override
    public @Nullable FileReport find(String content, Path file) {
        String kept = folder.text(CacheFolder.Kind.RENDERS, stem(content));
        try {
            FileReport report = kept == null ? null : Json.read(kept, "cache", FileReport.class);
            if (report == null
                    || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !digests.of(file).equals(report.sha256())) {
                return null;
            }
            left.add(file.toAbsolutePath());
            return report;
        } catch (IOException e) {
            // It is written anew, and what is wrong with its place is said then.
            return null;
        }
    }

    @Override
    public void made(String content, FileReport report) {
        folder.keep(CacheFolder.Kind.RENDERS, stem(content), Json.write(report));
    }

    private static String stem(String content) {
        return CacheFolder.key("stem", MixEngine.VERSION, content);
    }

    /** Whether files in a folder still have the digests that stand beside them. */
    private boolean are(Map<String, String> files, Path in, LinkOption... links) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = in.resolve(file.getKey());
            if (!Files.isRegularFile(path, links) || !digests.of(path).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Makes room: what was used longest ago goes, until no more is left than may be. */
    void shrink() {
        folder.evict(maxBytes);
    }

    /**
     * Keeps what was published, to find it again.
     *
     * @param documentSha256 of the document as it was read
     */
    void keep(Request request, String documentSha256, PublishedRender render) throws IOException {
        folder.keep(CacheFolder.Kind.RENDERS, key(request, documentSha256), Json.write(render));
        for (Map.Entry<String, String> output : render.outputs().entrySet()) {
            Path file = request.out.resolve(output.getKey());
            // What was left as it stood may have been changed since it was looked at: it is looked at again.
            if (!left.contains(file.toAbsolutePath())) {
                digests.made(file, output.getValue());
            }
        }
        left.clear();
    }

    private static String key(Request request, String documentSha256) throws IOException {
        return Digest.sha256(request.text(documentSha256));
    }
}
