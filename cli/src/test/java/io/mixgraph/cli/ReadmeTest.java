package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the first pages say is so. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RESIDUAL = Pattern.compile("-[0-9]+\\.[0-9] dBFS");

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    private static List<String> documents(String page) throws IOException {
        Matcher matcher = YAML.matcher(page(page));
        List<String> documents = new ArrayList<>();
        while (matcher.find()) {
            documents.add(matcher.group(1));
        }
        return documents;
    }

    /** Both figures are those that the command beside them prints. */
    @Test
    void theNullFiguresAreThoseOfTheCommand() throws IOException {
        Invocation selftest = Invocation.of("selftest", ROOT.resolve("examples/first-mix/console.yaml"), "--json");
        assertThat(selftest.exitCode()).isZero();
        List<String> residuals = new ArrayList<>();
        for (JsonNode proof : selftest.json()) {
            Matcher figure = RESIDUAL.matcher(proof.path("detail").asString());
            if (proof.path("what").asString().contains("stems - master") && figure.find()) {
                residuals.add(figure.group().replace('-', '−'));
            }
        }
        assertThat(residuals).hasSize(2);
        assertThat(page("README.md")).contains(residuals);
    }

    @Test
    void theSessionIsRead() throws IOException {
        assertThat(documents("README.md"))
                .singleElement()
                .satisfies(text -> assertThat(SessionDocuments.read(text, "README.md", DocumentFormat.YAML)
                                .problems())
                        .isEmpty());
    }

    @Test
    void theOutputSectionIsRead() throws IOException {
        String tracks = "tracks: [{id: a, source: a.wav}]\n";
        assertThat(documents("docs/mastering.md"))
                .singleElement()
                .satisfies(text -> assertThat(SessionDocuments.read(tracks + text, "mastering.md", DocumentFormat.YAML)
                                .problems())
                        .isEmpty());
    }
}
