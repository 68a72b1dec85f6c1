package org.example.onepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocument;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.documents.SessionSchema;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That an effect in a jar of its own is an effect like those of the engine, because that jar is on the class path. */
class ExtensionTest {
    private static final int RATE = 48_000;

    private static SessionDocument document(String insert) {
        return SessionDocuments.read("""
                sample_rate: 48000
                bus_preset: none
                buses: [{id: all, track_roles: ["*"]}]
                tracks: [{id: noise, role: noise, source: noise, fx: [%s]}]
                master: {limiter: false}
                output: {master: {format: wav, encoding: float32}}
                """.formatted(insert), "test", DocumentFormat.YAML);
    }

    @Test
    void theCatalogueHasItAfterItsOwn() {
        assertThat(EffectCatalogue.types().get(EffectCatalogue.types().size() - 1))
                .isEqualTo(new OnePoleProvider().types().get(0));
    }

    @Test
    void documentsAreReadAndWritten() {
        SessionDocument document = document("{type: example_one_pole, frequency_hz: 500, mix: 0.5}");
        assertThat(document.problems()).isEmpty();
        String written = SessionDocuments.write(document.session(), DocumentFormat.YAML);
        assertThat(written).contains("fx: [{type: example_one_pole, frequency_hz: 500, mix: 0.5}]");
        assertThat(SessionDocuments.read(written, "again", DocumentFormat.YAML).session())
                .isEqualTo(document.session());
    }

    @Test
    void faultsAreFoundWhereTheyStand() {
        assertThat(document("{type: example_one_pole, frequency_hz: 5}").problems())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.problem().pointer()).isEqualTo("/tracks/0/fx/0/frequency_hz");
                    assertThat(fault.place().line()).isEqualTo(4);
                });
        assertThat(document("{type: example_one_pole, frequenzy_hz: 500}").problems())
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem().message()).contains("Did you mean \"frequency_hz\"?"));
    }

    @Test
    void theSchemaDescribesIt() {
        assertThat(SessionSchema.text())
                .contains(
                        "\"const\": \"example_one_pole\"",
                        "Where it is 3 dB down; above a quarter of the sample rate it works as that. In Hz.");
    }

    @Test
    void theEngineRendersIt() throws Exception {
        MemorySource noise = MemorySource.noise("noise", RATE, 2, 4000, 0.5, 1);
        RenderPlan plan = new MixEngine()
                .plan(document("{type: example_one_pole, frequency_hz: 500}").session(), name -> noise);
        MemoryTarget target = new MemoryTarget();
        new MixEngine(1, 512).render(plan, target, RenderMonitor.SILENT);

        double[][] expected = new double[2][4000 + (int) new OnePole(500).tailFrames(RATE)];
        for (int c = 0; c < 2; c++) {
            System.arraycopy(noise.channel(c), 0, expected[c], 0, 4000);
        }
        expected = new EffectRunner(new OnePole(500), RATE, 2).run(expected, () -> 512);
        for (int c = 0; c < 2; c++) {
            double[] actual = target.file("master")[c];
            double[] rounded = Arrays.stream(expected[c]).map(v -> (float) v).toArray();
            assertThat(actual).isEqualTo(rounded);
        }
    }

    @Test
    void itsParametersMove() throws Exception {
        MemorySource noise = MemorySource.noise("noise", RATE, 2, 4000, 0.5, 1);
        MemoryTarget still = new MemoryTarget();
        MemoryTarget moving = new MemoryTarget();
        MixEngine engine = new MixEngine();
        String automated =
                "{type: example_one_pole, frequency_hz: 500, automation: {frequency_hz: [[0.02, 500], [0.08, 9000]]}}";
        engine.render(
                engine.plan(
                        document("{type: example_one_pole, frequency_hz: 500}").session(), name -> noise),
                still,
                RenderMonitor.SILENT);
        engine.render(engine.plan(document(automated).session(), name -> noise), moving, RenderMonitor.SILENT);
        double[] before = still.file("master")[0];
        double[] after = moving.file("master")[0];
        assertThat(Arrays.copyOf(after, 960)).isEqualTo(Arrays.copyOf(before, 960));
        assertThat(Arrays.copyOfRange(after, 2000, 4000)).isNotEqualTo(Arrays.copyOfRange(before, 2000, 4000));
    }

    @Test
    void theCommandLineTellsOfIt() throws IOException, InterruptedException {
        assertThat(commandLine(System.getProperty("java.class.path"), 0))
                .startsWith("example_one_pole: Takes away highs, ever so gently.")
                .contains(
                        "nature    linear",
                        "tail      " + new OnePole(8000).tailFrames(44_100) + " frames at 44.1 kHz, ",
                        "frequency_hz  20 to 20000 Hz; default 8000; can be automated",
                        "fx: [{type: example_one_pole, frequency_hz: 6000}]");
    }

    @Test
    void aJarThatIsBrokenIsNamed(@TempDir Path folder) throws IOException, InterruptedException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.mixgraph.fx.EffectProvider"), "org.example.NoSuchProvider\n");
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + folder;
        assertThat(commandLine(classPath, 2))
                .startsWith("mixgraph: an effect of another jar cannot be used: ")
                .contains("org.example.NoSuchProvider")
                .hasLineCount(1);
    }

    /** What the command line says of the effect in a process of its own, in which it first looks for effects. */
    private static String commandLine(String classPath, int exitCode) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", classPath, "io.mixgraph.cli.Main", "fx", "example_one_pole")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(exitCode);
        return said;
    }
}
