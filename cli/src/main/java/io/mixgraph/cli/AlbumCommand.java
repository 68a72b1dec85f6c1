package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.OutputFolder;
import io.mixgraph.documents.Json;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Session;
import io.mixgraph.preset.LoudnessTargets;
import io.mixgraph.render.Binding;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderReport.LoudnormMetrics;
import io.mixgraph.routing.MasterFinish;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "album",
        description = "Render songs that belong together: one loudness gain for all, by which they meet the target"
                + " together, each as loud against the others as it was mixed. Writes DIR/NAME/ for each, and"
                + " DIR/album.json.")
final class AlbumCommand extends Subcommand {
    @Parameters(paramLabel = "SESSION", arity = "1..*", description = "Session documents, in the order of the album.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> sessions;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "A published loudness target for the album; that of the sessions by default.")
    private @Nullable String target;

    @Option(names = "--target-lufs", paramLabel = "LUFS", description = "A loudness for the album, in figures.")
    private @Nullable Double targetLufs;

    @Mixin
    private final RenderOptions options = new RenderOptions();

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    /** A song as the album's report has it. */
    private record Song(String name, String folder, double integratedLufs, double truePeakDbtp, double gainDb) {}

    /** The content of album.json. */
    private record Report(
            double integratedLufs,
            double targetLufs,
            @Nullable String targetPreset,
            double gainDb,
            Binding binding,
            List<Song> songs) {}

    @Override
    @SuppressWarnings("try") // The writing is only there to close.
    void run() throws Failure, InvalidDocument, IOException {
        checkTarget();
        Path contents = options.out().resolve("album.json");
        if (Files.isDirectory(contents)) {
            throw Failure.io(contents + " is a folder, where a file is to go; move it away or choose another folder");
        }
        MixEngine engine = options.engine();
        List<SessionFile> files = new ArrayList<>();
        for (Path session : sessions) {
            files.add(sources.read(session));
        }
        List<RenderPlan> plans = plans(engine, files);
        MasterFinish.Target common = commonTarget(plans);
        List<String> folders = folders();
        List<RenderReport> reports = new ArrayList<>();
        MixEngine.Album album = Rendering.interruptible(this, interruption -> {
            try (Folders open = new Folders(new ArrayList<>());
                    ProgressBar bar = new ProgressBar(err(), System::nanoTime, interruption::asked);
                    Interruption.Writing writing = interruption.writing()) {
                for (int i = 0; i < plans.size(); i++) {
                    open.folders.add(OutputFolder.open(
                            options.out().resolve(folders.get(i)),
                            plans.get(i),
                            files.get(i).encoder()));
                }
                checkSpace(plans);
                MixEngine.Album rendered =
                        engine.renderAlbum(plans, open.folders, Rendering.monitor(this, bar, interruption::asked));
                reports.addAll(staged(rendered, files, open));
                interruption.goThrough();
                // A list of songs is there only together with what it lists.
                Files.deleteIfExists(contents);
                for (OutputFolder folder : open.folders) {
                    folder.publish();
                }
                return rendered;
            }
        });
        List<Song> songs = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            LoudnormMetrics metrics = reports.get(i).loudnormMetrics();
            songs.add(new Song(
                    reports.get(i).name(), folders.get(i), metrics.outputI(), metrics.outputTp(), metrics.gainDb()));
        }
        Report report = new Report(
                album.integratedLufs(), common.lufs(), common.preset(), album.gainDb(), album.binding(), songs);
        AtomicFile.write(contents, Json.write(report).getBytes(StandardCharsets.UTF_8));
        show(report);
        for (int i = 0; i < reports.size(); i++) {
            if (!reports.get(i).certificate().holds()) {
                throw Rendering.unproven(
                        reports.get(i).certificate(), options.out().resolve(folders.get(i)));
            }
        }
    }

    /** What the command line alone can have wrong. */
    private void checkTarget() throws Failure {
        if (target != null && targetLufs != null) {
            throw Failure.invalid("--target and --target-lufs are two targets; an album has one");
        }
        if (target != null && LoudnessTargets.byName(target).isEmpty()) {
            throw Failure.invalid("there is no loudness target '" + target + "'; known are "
                    + String.join(", ", LoudnessTargets.names()));
        }
        RecordShape.Field field = RecordShape.of(LoudnessConfig.class).field("target_lufs");
        if (targetLufs != null && field != null && !field.allows(targetLufs)) {
            throw Failure.invalid(
                    "--target-lufs is " + Figures.exact(field.parameter().min()) + " to "
                            + Figures.exact(field.parameter().max()) + ", not " + targetLufs);
        }
    }

    /** @throws InvalidDocument with everything that is wrong with any of the songs */
    private List<RenderPlan> plans(MixEngine engine, List<SessionFile> files) throws InvalidDocument {
        List<RenderPlan> plans = new ArrayList<>();
        List<InvalidDocument> invalid = new ArrayList<>();
        for (SessionFile file : files) {
            try {
                plans.add(file.plan(engine, this::aimed));
            } catch (InvalidDocument e) {
                invalid.add(e);
            }
        }
        if (!invalid.isEmpty()) {
            throw InvalidDocument.all(invalid);
        }
        return plans;
    }

    /** Each folder has looked for its own part alone. */
    private void checkSpace(List<RenderPlan> plans) throws IOException {
        long bytes = plans.stream().mapToLong(RenderPlan::diskBytes).sum();
        long free = Files.getFileStore(options.out()).getUsableSpace();
        if (free < bytes) {
            throw new IOException(options.out() + ": the album needs " + bytes + " bytes and only " + free
                    + " are free; make room or choose another folder");
        }
    }

    /** The session with the album's target in place of its own. */
    private Session aimed(Session session) {
        LoudnessConfig own = session.master().loudness();
        if (target == null && targetLufs == null) {
            return session;
        }
        Double ceiling = own == null ? null : own.truePeakDb();
        return session.withMaster(session.master()
                .withLoudness(new LoudnessConfig(
                        target,
                        targetLufs,
                        target == null ? ceiling : null,
                        own == null || own.mode() == LoudnessMode.OFF ? LoudnessMode.LIMIT : own.mode(),
                        own == null ? null : own.maxReductionDb())));
    }

    private MasterFinish.Target commonTarget(List<RenderPlan> plans) throws Failure {
        MasterFinish.Target first = null;
        for (int i = 0; i < plans.size(); i++) {
            MasterFinish.Target one = plans.get(i).graph().finish().target();
            if (one == null || one.mode() == LoudnessMode.OFF) {
                throw Failure.invalid(
                        sessions.get(i)
                                + " has no loudness target; say what the album is to have: --target NAME or --target-lufs LUFS");
            }
            if (first != null
                    && (first.lufs() != one.lufs()
                            || first.mode() != one.mode()
                            || !Objects.equals(first.maxReductionDb(), one.maxReductionDb()))) {
                throw Failure.invalid(sessions.get(i) + " has another loudness target than " + sessions.get(0) + " ("
                        + words(one) + ", not " + words(first) + "); an album has one"
                        + (first.lufs() == one.lufs() ? "" : ": --target NAME or --target-lufs LUFS"));
            }
            first = first == null ? one : first;
        }
        if (first == null) {
            throw Failure.invalid("an album needs songs");
        }
        return first;
    }

    private static String words(MasterFinish.Target target) {
        Double reduction = target.maxReductionDb();
        return Figures.exact(target.lufs()) + " LUFS, mode "
                + target.mode().name().toLowerCase(Locale.ROOT)
                + (reduction == null ? "" : ", max_reduction_db " + Figures.exact(reduction));
    }

    /** A folder for each song, by the name of its document, unlike all others. */
    private List<String> folders() {
        List<String> folders = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Path session : sessions) {
            String file = String.valueOf(session.getFileName());
            int dot = file.lastIndexOf('.');
            String base = dot > 0 ? file.substring(0, dot) : file;
            String name = base;
            for (int n = 2; !taken.add(name); n++) {
                name = base + "-" + n;
            }
            folders.add(name);
        }
        return folders;
    }

    /** The reports, each added to its folder. */
    private static List<RenderReport> staged(MixEngine.Album album, List<SessionFile> files, Folders open)
            throws IOException {
        List<RenderReport> reports = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            RenderReport report = album.songs().get(i).withDocument(files.get(i).named());
            open.folders.get(i).add("report.json", Json.write(report).getBytes(StandardCharsets.UTF_8));
            reports.add(report);
        }
        return reports;
    }

    private void show(Report report) {
        if (json()) {
            print(report);
        } else if (!quiet()) {
            out().println("album: " + Figures.decimals(report.integratedLufs, 2) + " LUFS, asked for "
                    + Figures.exact(report.targetLufs) + ", gain " + Figures.signed(report.gainDb) + " dB, bound by "
                    + Rendering.words(report.binding));
            Table table = new Table("song", "LUFS", "dBTP", "folder");
            for (Song song : report.songs) {
                table.add(
                        song.name,
                        Figures.decimals(song.integratedLufs, 2),
                        Figures.decimals(song.truePeakDbtp, 2),
                        options.out().resolve(song.folder).toString());
            }
            table.lines().forEach(out()::println);
        }
    }

    /** Folders that are all closed, whatever happens; the first one last, since it made the folder around all. */
    private record Folders(List<OutputFolder> folders) implements Closeable {
        @Override
        public void close() throws IOException {
            IOException failure = null;
            for (int i = folders.size() - 1; i >= 0; i--) {
                try {
                    folders.get(i).close();
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
