package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual of effects that is checked in is the one that is made here, and its figures are as promised. */
class EffectsManualTest {
    private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "..", "docs");
    private static final Map<String, EffectFigures> FIGURES = EffectsManual.figures();

    /** After a change of the catalogue: run this class with -Dmixgraph.update=true and commit docs. */
    @Test
    void theShippedManualIsTheGeneratedOne() throws IOException {
        Map<String, String> made = EffectsManual.files(FIGURES);
        if (Boolean.getBoolean("mixgraph.update")) {
            Files.createDirectories(DOCS.resolve("effects"));
            for (Path old : shipped().keySet().stream().map(DOCS::resolve).toList()) {
                Files.delete(old);
            }
            for (Map.Entry<String, String> file : made.entrySet()) {
                Files.writeString(DOCS.resolve(file.getKey()), file.getValue());
            }
            return;
        }
        Map<String, String> shipped = shipped();
        assertThat(shipped.keySet()).as("run with -Dmixgraph.update=true").isEqualTo(made.keySet());
        made.forEach((path, text) -> assertThat(shipped.get(path))
                .as("%s; run with -Dmixgraph.update=true", path)
                .isEqualTo(text));
    }

    private static Map<String, String> shipped() throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.exists(DOCS.resolve("effects.md"))) {
            files.put("effects.md", Files.readString(DOCS.resolve("effects.md")));
        }
        if (Files.isDirectory(DOCS.resolve("effects"))) {
            try (Stream<Path> pictures = Files.list(DOCS.resolve("effects"))) {
                for (Path picture : pictures.toList()) {
                    files.put("effects/" + picture.getFileName(), Files.readString(picture));
                }
            }
        }
        return files;
    }

    @Test
    void theFiguresAreAsPromised() {
        FIGURES.forEach((name, figures) -> {
            assertThat(figures.afterTailDb()).as(name + ": left after the tail").isLessThan(EffectFigures.TAIL_DB);
            assertThat(figures.otherByBlocks()).as(name + ": blocks").isZero();
            assertThat(figures.otherAfterReset()).as(name + ": reset").isZero();
            if (figures.superpositionDb() != null) {
                assertThat(figures.superpositionDb()).as(name + ": sum").isLessThan(EffectFigures.SUPERPOSITION_DB);
            }
            if (figures.curveDb() != null) {
                assertThat(figures.curveDb()).as(name + ": curve").isLessThan(EffectFigures.CURVE_DB);
            }
        });
    }

    @Test
    void everyEffectOfTheCatalogueIsMeasuredAndWhatIsDrawnIsInIt() {
        Set<String> effects =
                EffectCatalogue.types().stream().map(EffectType::name).collect(Collectors.toSet());
        assertThat(FIGURES.keySet()).isEqualTo(effects);
        assertThat(Drawing.ALL).extracting(Drawing::effect).isSubsetOf(effects);
        assertThat(Drawing.ALL).extracting(Drawing::file).doesNotHaveDuplicates();
        assertThat(StaticFormula.ALL.keySet()).isSubsetOf(effects);
    }
}
