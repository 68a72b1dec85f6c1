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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is of earlier renders and need not be made again: recordings, signals, and whole renders. */
final class EarlierRenders implements Recordings, FinishedFiles {
    private final CacheFolder folder;
    private final FileDigests digests;
    private final DecodedRecordings decoded;

    /** @param folder where it is */
    EarlierRenders(CacheFolder folder) {
        this.folder = folder;
        this.digests = new FileDigests(folder);
        this.decoded = new DecodedRecordings(folder, digests, Codecs.build());
    }

    /** Nothing: everything is made anew. */
    static EarlierRenders none() {
        return new EarlierRenders(CacheFolder.none());
    }

    /** Digests of files. */
    FileDigests digests() {
        return digests;
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
        return new SignalFolder(folder);
    }

    /** What went wrong with keeping and reading, for people; renders are right without. */
    List<String> troubles() {
        return folder.troubles();
    }

    @Override
    public AudioSource open(Path file, String name) throws IOException {
        AudioFiles.check(file, name);
        SourceOpener real = opened -> AudioFiles.open(file, opened);
        return AudioFiles.isWave(name)
                ? DigestedSource.open(file, name, digests, real)
                : decoded.open(file, name, real);
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
     */
    @Nullable
    PublishedRender find(Request request) {
        try {
            if (!Files.isRegularFile(request.document)) {
                return null;
            }
            String kept = folder.text(CacheFolder.Kind.RENDERS, key(request));
            PublishedRender render = kept == null ? null : Json.read(kept, "cache", PublishedRender.class);
            return render != null && stands(render.inputs(), Path.of("")) && stands(render.outputs(), request.out)
                    ? render
                    : null;
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
            return report != null
                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && digests.of(file).equals(report.sha256())
                    ? report
                    : null;
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

    private boolean stands(Map<String, String> files, Path in) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = in.resolve(file.getKey());
            if (!Files.isRegularFile(path) || !digests.of(path).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Keeps what was published, to find it again. */
    void keep(Request request, PublishedRender render) throws IOException {
        folder.keep(CacheFolder.Kind.RENDERS, key(request), Json.write(render));
        for (Map.Entry<String, String> file : render.outputs().entrySet()) {
            digests.made(request.out.resolve(file.getKey()), file.getValue());
        }
    }

    private String key(Request request) throws IOException {
        return Digest.sha256(request.text(digests.of(request.document)));
    }
}
