package io.mixgraph.bench;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a {@link Job} into a folder: {@code session.yaml}, and the recordings under {@code audio}. The bytes depend on
 * the job alone. What is there already, complete, is kept.
 */
public final class JobFiles {
    private static final int BLOCK_FRAMES = 8192;

    private JobFiles() {}

    /**
     * @param folder is made when it is not there
     * @throws IOException naming what cannot be written
     */
    public static void write(Job job, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("audio"));
        Files.writeString(
                folder.resolve("session.yaml"), SessionDocuments.write(JobSession.of(job), DocumentFormat.YAML));
        ExecutorService writers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<?>> files = new ArrayList<>();
            for (Job.Strip strip : job.strips()) {
                Path file = folder.resolve(strip.file());
                long bytes = 3L * strip.channels() * job.frames();
                if (!Files.exists(file) || Files.size(file) < bytes) {
                    files.add(writers.submit(() -> {
                        record(job, strip, file);
                        return file;
                    }));
                }
            }
            for (Future<?> file : files) {
                file.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        } finally {
            writers.shutdownNow();
        }
    }

    private static void record(Job job, Job.Strip strip, Path file) throws IOException {
        AudioFormat format =
                new AudioFormat(Job.SAMPLE_RATE, strip.channels() == 1 ? ChannelLayout.MONO : ChannelLayout.STEREO);
        Voice.Instrument instrument = Voice.Instrument.values()[strip.bus()];
        List<Voice> voices = new ArrayList<>();
        for (int c = 0; c < strip.channels(); c++) {
            voices.add(new Voice(instrument, strip.id().hashCode(), c));
        }
        AudioBlock block = new AudioBlock(strip.channels(), BLOCK_FRAMES);
        try (WavWriter writer = WavWriter.create(
                file, format, SampleEncoding.PCM24, job.frames(), new BroadcastOrigin(strip.id(), 0))) {
            long left = job.frames();
            while (left > 0) {
                for (int c = 0; c < voices.size(); c++) {
                    voices.get(c).play(block.channel(c));
                }
                int count = (int) Math.min(left, BLOCK_FRAMES);
                writer.write(block, count);
                left -= count;
            }
        }
    }
}
