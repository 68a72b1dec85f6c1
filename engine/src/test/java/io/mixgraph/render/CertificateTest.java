package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That files line up is counted, not claimed. */
class CertificateTest {
    private static final int RATE = 48_000;
    private static final int BLOCK = 256;
    private static final int FRAMES = 1000;
    private static final int LATENESS = 300;

    /** One and the same render, but for one of its files: a stem, the pre-master or the master. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void filesLineUpOnlyWhenAllAreOfOneLengthAndRate(boolean twoPasses) throws Exception {
        RenderPlan plan = plan(twoPasses);
        assertThat(plan.files()).hasSize(4);
        assertThat(render(plan).certificate().aligned()).isTrue();
        for (int i = 0; i < plan.files().size(); i++) {
            PlannedFile file = plan.files().get(i);
            RenderReport shorter = render(with(plan, i, file.format(), file.frames() - 1));
            assertThat(shorter.certificate().aligned()).as(file.id()).isFalse();
            assertThat(shorter.files().get(i).frames()).isEqualTo(plan.frames() - 1);
        }
        int last = plan.files().size() - 1;
        PlannedFile master = plan.files().get(last);
        AudioFormat otherRate = new AudioFormat(44_100, master.format().layout());
        assertThat(render(with(plan, last, otherRate, master.frames()))
                        .certificate()
                        .aligned())
                .isFalse();
    }

    /** Blocks so short that the converter gives nothing of the first ones. */
    @ParameterizedTest
    @ValueSource(ints = {44_100, 96_000})
    void aFileAtARateOfItsOwnLinesUpFromTheFirstBlock(int rate) throws Exception {
        Session session = Session.of("s", List.of(Track.of("a", "a").withBus("one")))
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(List.of(BusConfig.of("one")))
                .withOutput(Output.DEFAULT.withDeliverables(
                        List.of(Deliverable.master("copy", FileFormat.DEFAULT).withSampleRate(rate))));
        for (int block : new int[] {1, 16, 4096}) {
            MixEngine engine = new MixEngine(1, block);
            RenderPlan plan = engine.plan(session, name -> MemorySource.noise(name, RATE, 2, 5000, 0.1, 1));
            RenderReport report = engine.render(plan, new MemoryTarget(), RenderMonitor.SILENT);
            assertThat(report.certificate().aligned()).as("blocks of %d", block).isTrue();
        }
    }

    private static RenderPlan plan(boolean twoPasses) throws Exception {
        Session session = Session.of(
                        "s",
                        List.of(
                                Track.of("a", "a").withBus("one"),
                                Track.of("b", "b").withBus("two")))
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(List.of(BusConfig.of("one"), BusConfig.of("two")))
                .withMaster(twoPasses ? Master.EMPTY.withLoudness(LoudnessConfig.of(-20, -1)) : Master.EMPTY)
                .withOutput(Output.DEFAULT.withPreMaster(true));
        return new MixEngine(1, BLOCK).plan(session, name -> MemorySource.noise(name, RATE, 2, RATE, 0.1, 1));
    }

    private static RenderPlan with(RenderPlan plan, int index, AudioFormat format, long frames) {
        List<PlannedFile> files = new ArrayList<>(plan.files());
        PlannedFile file = files.get(index);
        files.set(
                index,
                new PlannedFile(
                        file.id(),
                        file.kind(),
                        file.path(),
                        format,
                        file.file(),
                        frames,
                        file.bytes(),
                        file.inSum(),
                        List.of()));
        List<PlannedStem> stems = plan.stems().stream()
                .map(stem -> new PlannedStem(
                        stem.file().equals(file) ? files.get(index) : stem.file(),
                        stem.edge(),
                        stem.tap(),
                        stem.written()))
                .toList();
        return new RenderPlan(
                plan.name(), plan.graph(), plan.output(), plan.frames(), stems, plan.sums(), files, plan.spoolBytes());
    }

    private static RenderReport render(RenderPlan plan) throws Exception {
        return new MixEngine(1, BLOCK).render(plan, new MemoryTarget(), RenderMonitor.SILENT);
    }

    /** Blocks from {@code first} until before {@code end} reach a file whose signal is late. */
    @ParameterizedTest
    @CsvSource({
        "0, 1400, 0, 1000",
        "0, 1300, 0, 1000",
        "0, 1299, 0, 999",
        "0, 300, 0, 0",
        "256, 1400, 0, 1000",
        "512, 1400, 212, 788",
        "512, 1024, 212, 512"
    })
    void aFileCountsWhatItIsHanded(int first, int end, long startFrame, long frames) throws Exception {
        AudioFormat format = new AudioFormat(RATE, ChannelLayout.STEREO);
        PlannedFile file = new PlannedFile(
                "a",
                PlannedFile.Kind.AUDIO_BUS_STEM,
                "a.wav",
                format,
                FileFormat.DEFAULT.resolved(SampleEncoding.FLOAT32),
                FRAMES,
                0,
                true,
                List.of());
        Signal signal = new Signal(new AudioBlock(2, BLOCK), LATENESS, FRAMES, RATE);
        FileRun run = new FileRun(file, new MemoryTarget().open(file), signal, 1, false, true, 1);
        for (int start = first; start < end; start += BLOCK) {
            run.write(start, Math.min(BLOCK, end - start));
        }
        assertThat(run.extent()).isEqualTo(new Extent(startFrame, frames, RATE));
    }
}
