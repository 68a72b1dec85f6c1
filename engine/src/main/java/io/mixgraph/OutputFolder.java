package io.mixgraph;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Tags;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTarget;
import io.mixgraph.wav.BroadcastLoudness;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.DiskSync;
import io.mixgraph.wav.WavPlan;
import io.mixgraph.wav.WavTags;
import io.mixgraph.wav.WavWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of finished files. Everything is written into a staging folder inside it and appears under its final name
 * only when whole. Closing without {@link #publish} leaves the folder as it was; what a killed process left behind is
 * cleared by the next render.
 */
public final class OutputFolder implements RenderTarget, Closeable {
    private static final String STAGING = ".mixgraph-staging";
    private static final String LOCK = "lock";

    /** Told of every step after which a killed process would leave the folder in another state. */
    private static final System.Logger STEPS = System.getLogger("io.mixgraph.steps");

    private final Path folder;
    private final Path staging;
    private final FileEncoder encoder;
    private final FinishedFiles earlier;
    private final Tags tags;
    private final DiskSync sync = new DiskSync();

    /** What is finished and will be published, by what it holds. */
    private final Map<String, RenderReport.FileReport> finished = new LinkedHashMap<>();

    /** What {@link #publish} makes visible, relative to the folder. */
    private final Set<String> staged = new LinkedHashSet<>();

    /** All that is made in the staging folder, children before parents: known without looking, which takes a handle. */
    private final Set<Path> temporary = new TreeSet<>(Comparator.reverseOrder());

    /** The folders that were missing, children before parents; none once something is published into them. */
    private final List<Path> made = new ArrayList<>();

    private @Nullable FileChannel lock;
    private boolean locked;
    private boolean closed;

    private OutputFolder(Path folder, FileEncoder encoder, FinishedFiles earlier, Tags tags) {
        this.folder = folder;
        this.encoder = encoder;
        this.earlier = earlier;
        this.tags = tags;
        this.staging = folder.resolve(STAGING);
    }

    /** As {@link #open(Path, RenderPlan, FileEncoder)}, for a plan of nothing but WAV files. */
    public static OutputFolder open(Path folder, RenderPlan plan) throws IOException {
        return open(folder, plan, FileEncoder.NONE);
    }

    /** As {@link #open(Path, RenderPlan, FileEncoder, FinishedFiles)}, with every file written anew. */
    public static OutputFolder open(Path folder, RenderPlan plan, FileEncoder encoder) throws IOException {
        return open(folder, plan, encoder, FinishedFiles.NONE);
    }

    /**
     * Prepares a folder, made if it is missing, for one render.
     *
     * @param encoder makes what is no WAV file
     * @param earlier knows which files need not be written again
     * @throws IOException when it cannot be written, when another render is writing to it, or when the plan needs more
     *     bytes than are free
     */
    public static OutputFolder open(Path folder, RenderPlan plan, FileEncoder encoder, FinishedFiles earlier)
            throws IOException {
        OutputFolder output = new OutputFolder(folder, encoder, earlier, plan.tags());
        try {
            output.lock();
            output.clearLeftovers();
            output.checkPlaces(plan.files().stream().map(PlannedFile::path).toList());
            output.checkSpace(plan.diskBytes());
            return output;
        } catch (IOException | RuntimeException | Error e) {
            try {
                output.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void lock() throws IOException {
        Path path = folder.toAbsolutePath();
        while (path != null && !Files.exists(path)) {
            made.add(path);
            path = path.getParent();
        }
        checkFolder(path);
        checkFolder(staging);
        if (Files.isSymbolicLink(staging)) {
            throw new IOException(staging + " is a symbolic link, where a folder of this program is to go; remove it");
        }
        try {
            Files.createDirectories(folder);
            Files.createDirectories(staging);
            lock = FileChannel.open(staging.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw new IOException(folder + ": no folder can be made here; choose another output folder", e);
        } catch (AccessDeniedException e) {
            throw new IOException(folder + " may not be written to; choose another output folder", e);
        }
        if (!locked) {
            throw new IOException(folder + ": another render is writing here; wait for it or choose another folder");
        }
    }

    /** Takes away what a killed process left. */
    private void clearLeftovers() throws IOException {
        List<Path> leftovers;
        try (Stream<Path> walk = Files.walk(staging)) {
            leftovers = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : leftovers) {
            if (!path.equals(staging) && !path.equals(staging.resolve(LOCK))) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Finds what is in the way of files before any of them is there. */
    private void checkPlaces(List<String> paths) throws IOException {
        Path real = folder.toRealPath();
        for (String path : paths) {
            Path file = folder.resolve(path);
            checkFolder(file.getParent());
            checkInside(file.getParent(), real);
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(
                        file + " is a folder, where a file is to go; move it away or choose another output folder");
            }
        }
    }

    /** A file that is a link is replaced, not followed; a folder that is one must stay inside. */
    private static void checkInside(@Nullable Path parent, Path real) throws IOException {
        if (parent == null) {
            return;
        }
        if (Files.exists(parent) && !parent.toRealPath().startsWith(real)) {
            throw new IOException(parent + " is a symbolic link that leads out of the output folder, to "
                    + parent.toRealPath() + "; remove it or choose another output folder");
        }
        if (Files.isSymbolicLink(parent) && !Files.exists(parent)) {
            throw new IOException(parent + " is a symbolic link that leads nowhere; remove it");
        }
    }

    private static void checkFolder(@Nullable Path folder) throws IOException {
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is a file, not a folder; choose another output folder");
        }
        if (folder != null && Files.isDirectory(folder) && !Files.isWritable(folder)) {
            throw new IOException(folder + " may not be written to; choose another output folder");
        }
    }

    private void checkSpace(long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new IOException(folder + ": the render needs " + bytes + " bytes and only " + free
                    + " are free; make room or choose another folder");
        }
    }

    /** Where in the staging folder a file is to be made. */
    private Path temporary(String path) throws IOException {
        Path file = staging.resolve(path);
        for (Path part = file; part != null && !part.equals(staging); part = part.getParent()) {
            temporary.add(part);
        }
        Files.createDirectories(file.getParent());
        return file;
    }

    @Override
    public FileSink open(PlannedFile file) throws IOException {
        Path path = temporary(file.path());
        staged.add(file.path());
        String name = folder.resolve(file.path()).toString();
        if (!file.file().format().wave()) {
            return encoder.open(path, name, file, tags);
        }
        boolean described = file.kind().describesItself();
        WavPlan plan = new WavPlan(
                file.format(),
                file.encoding(),
                file.frames(),
                file.file().format() == FileFormat.Container.RF64,
                described ? tags.wav() : WavTags.NONE);
        WavWriter writer = WavWriter.create(path, name, plan, new BroadcastOrigin(file.id(), 0));
        writer.syncBy(sync);
        return new WavSink(writer, described);
    }

    @Override
    public RenderReport.@Nullable FileReport finished(PlannedFile file, String content) {
        return earlier.find(content, folder.resolve(file.path()));
    }

    @Override
    public void made(String content, RenderReport.FileReport report) {
        finished.put(content, report);
    }

    /**
     * @param writer the file
     * @param described whether it says how loud it is; only that has it read once more
     */
    private record WavSink(WavWriter writer, boolean described) implements FileSink {
        @Override
        public void write(AudioBlock block, int frames) throws IOException {
            writer.write(block, frames);
        }

        /** What is silent, or shorter than 3 s, has no loudness range; the meter gives 0. */
        @Override
        public void measured(Loudness loudness) {
            if (described) {
                writer.loudness(new BroadcastLoudness(
                        loudness.integratedLufs(),
                        Double.isFinite(loudness.maxShortTermLufs()) ? loudness.loudnessRangeLu() : Double.NaN,
                        loudness.truePeakDbtp(),
                        loudness.maxMomentaryLufs(),
                        loudness.maxShortTermLufs()));
            }
        }

        @Override
        public long settle() throws IOException {
            return writer.settle();
        }

        @Override
        public void close() throws IOException {
            writer.abandon();
        }

        @Override
        public @Nullable String sha256() {
            return writer.sha256();
        }
    }

    @Override
    public Spool spool(AudioFormat format, long frames) throws IOException {
        io.mixgraph.wav.Spool spool = io.mixgraph.wav.Spool.create(staging, "master", format);
        return new Spool() {
            @Override
            public FrameSink sink() {
                return spool.sink();
            }

            @Override
            public AudioSource source() {
                return spool;
            }

            @Override
            public void close() throws IOException {
                spool.close();
            }
        };
    }

    /**
     * Adds a small file, such as the report, to what {@link #publish} makes visible.
     *
     * @param path relative to the folder, with forward slashes
     */
    public void add(String path, byte[] content) throws IOException {
        Path file = temporary(path);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new IOException(folder.resolve(path) + ": cannot be written: " + e.getMessage(), e);
        }
        staged.add(path);
    }

    /**
     * Makes every file visible under its final name, each by an atomic rename, in the order in which they were added.
     * What was last added last time is taken away first, so that a report added last is there only together with all
     * that it reports.
     *
     * @throws IOException naming the file, when one could not be forced to the disk or published
     */
    public void publish() throws IOException {
        List<String> paths = List.copyOf(staged);
        sync.await();
        checkPlaces(paths);
        made.clear();
        step("whole, under temporary names");
        if (!paths.isEmpty()) {
            Files.deleteIfExists(folder.resolve(paths.get(paths.size() - 1)));
            step("the report of before taken away");
        }
        Set<Path> folders = new LinkedHashSet<>();
        for (String path : paths) {
            Path to = folder.resolve(path);
            Files.createDirectories(to.getParent());
            Files.move(staging.resolve(path), to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            folders.add(to.getParent());
            step("a file published");
        }
        folders.add(folder);
        for (Path changed : folders) {
            sync(changed);
        }
        staged.clear();
        finished.forEach(earlier::made);
        finished.clear();
        step("all published");
    }

    private static void step(String done) {
        STEPS.log(System.Logger.Level.TRACE, done);
    }

    /** Makes renames durable where the system can open a folder for that; elsewhere they are so by themselves. */
    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger(OutputFolder.class.getName()).log(System.Logger.Level.DEBUG, "cannot sync " + folder, e);
        }
    }

    /**
     * Takes away all that was not published, and the folder itself if it was missing before. Opens nothing: it has to
     * work when a render failed because no more files can be opened.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        sync.close();
        try (FileChannel closing = lock) {
            if (closing != null && locked) {
                for (Path path : temporary) {
                    Files.deleteIfExists(path);
                }
                Files.deleteIfExists(staging.resolve(LOCK));
            }
        }
        deleteIfEmpty(staging);
        for (Path path : made) {
            deleteIfEmpty(path);
        }
    }

    /** What is no folder, or not empty, is someone else's. */
    private static void deleteIfEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }
}
