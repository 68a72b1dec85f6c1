package io.mixgraph.cli;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "measure",
        description =
                "Measure loudness by ITU-R BS.1770-5 and EBU R 128, and true peak, of files of up to 7.1 channels.")
final class MeasureCommand extends Subcommand {
    private static final int BLOCK_FRAMES = 8192;
    private static final int MIN_RATE = 8000;
    private static final int MAX_CHANNELS = 8;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    /** A measured file, with the field's usual names. */
    private record Measurement(
            String file,
            double integratedLufs,
            double loudnessRangeLu,
            double truePeakDbtp,
            double samplePeakDbfs,
            double maxMomentaryLufs,
            double maxShortTermLufs,
            double thresholdLufs) {
        static Measurement of(String file, Loudness loudness) {
            return new Measurement(
                    file,
                    loudness.integratedLufs(),
                    loudness.loudnessRangeLu(),
                    loudness.truePeakDbtp(),
                    loudness.samplePeakDbfs(),
                    loudness.maxMomentaryLufs(),
                    loudness.maxShortTermLufs(),
                    loudness.thresholdLufs());
        }
    }

    @Override
    void run() throws Failure {
        List<Measurement> measured = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Path file : files) {
            try {
                measured.add(Measurement.of(file.toString(), measure(file)));
            } catch (IOException e) {
                failures.add(Failure.sentence(e));
            }
        }
        if (json()) {
            print(measured);
        } else if (!measured.isEmpty()) {
            table(measured);
        }
        if (!failures.isEmpty()) {
            throw Failure.io(String.join(System.lineSeparator() + "mixgraph: ", failures));
        }
    }

    private Loudness measure(Path file) throws IOException {
        AudioSource source = AudioFiles.open(file, file.toString());
        AudioFormat format = source.format();
        if (format.sampleRate() < MIN_RATE || format.channels() > MAX_CHANNELS) {
            throw new IOException(file + " has " + format.channels() + " channels at " + format.sampleRate()
                    + " Hz; what can be measured has up to " + MAX_CHANNELS + ", at " + MIN_RATE + " Hz or more");
        }
        LoudnessMeter meter = new LoudnessMeter(format);
        AudioBlock block = new AudioBlock(format.channels(), BLOCK_FRAMES);
        source.warnings().forEach(log()::warn);
        try (FrameSource stream = source.open(0)) {
            long frame = 0;
            for (int read = stream.read(block, BLOCK_FRAMES); read > 0; read = stream.read(block, BLOCK_FRAMES)) {
                requireFinite(block, read, file, frame);
                meter.process(block, read);
                frame += read;
            }
            stream.findings().warningsOf(source.name()).forEach(log()::warn);
        }
        return meter.result();
    }

    private static void requireFinite(AudioBlock block, int frames, Path file, long firstFrame) throws IOException {
        for (int c = 0; c < block.channels(); c++) {
            double[] samples = block.channel(c);
            for (int i = 0; i < frames; i++) {
                if (!Double.isFinite(samples[i])) {
                    throw new IOException(file + ": the sample at frame " + (firstFrame + i) + ", channel " + (c + 1)
                            + ", is no number; export the file again");
                }
            }
        }
    }

    private void table(List<Measurement> measured) {
        Table table =
                new Table("file", "LUFS", "range LU", "dBTP", "peak dBFS", "max M LUFS", "max S LUFS", "threshold");
        for (Measurement one : measured) {
            table.add(
                    one.file,
                    Figures.level(one.integratedLufs),
                    Figures.level(one.loudnessRangeLu),
                    Figures.level(one.truePeakDbtp),
                    Figures.level(one.samplePeakDbfs),
                    Figures.level(one.maxMomentaryLufs),
                    Figures.level(one.maxShortTermLufs),
                    Figures.level(one.thresholdLufs));
        }
        table.lines().forEach(out()::println);
    }
}
