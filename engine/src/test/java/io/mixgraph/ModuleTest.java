package io.mixgraph;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the module shows to others. A package added here becomes a promise; that it is public is not enough. */
class ModuleTest {
    private static final Map<String, String> EXPORTED_BECAUSE = new LinkedHashMap<>();

    static {
        EXPORTED_BECAUSE.put("io.mixgraph", "the front door: MixEngine and OutputFolder");
        EXPORTED_BECAUSE.put("io.mixgraph.audio", "codecs and callers bring sources and take frames in these words");
        EXPORTED_BECAUSE.put("io.mixgraph.fx", "sessions hold effects; documents and schema follow the catalogue");
        EXPORTED_BECAUSE.put("io.mixgraph.loudness", "recordings are measured without a render");
        EXPORTED_BECAUSE.put("io.mixgraph.model", "sessions are made of it");
        EXPORTED_BECAUSE.put("io.mixgraph.preset", "presets are listed, and shown as documents");
        EXPORTED_BECAUSE.put("io.mixgraph.render", "plan, monitor, target and report of a render");
        EXPORTED_BECAUSE.put("io.mixgraph.routing", "the graph of a plan, its hash, its drawing, its difference");
        EXPORTED_BECAUSE.put("io.mixgraph.wav", "WAV files are opened as sources");
    }

    @Test
    void thePackagesThatOthersNeedAreExportedToAll() {
        assertThat(engine().exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
        assertThat(engine().exports().stream().map(ModuleDescriptor.Exports::source))
                .as("each export has a reason above")
                .containsExactlyInAnyOrderElementsOf(EXPORTED_BECAUSE.keySet());
        assertThat(engine().opens()).isEmpty();
    }

    /** The kernels may change whenever a bit may. */
    @Test
    void theRestStaysInside() {
        assertThat(engine().packages().stream().filter(name -> !EXPORTED_BECAUSE.containsKey(name)))
                .containsExactly("io.mixgraph.dsp");
    }

    /** A type that cannot be named is of no use: the equalisers' sections are for the engine, their curve for all. */
    @Test
    void noSignatureShowsWhatStaysInside() {
        Set<String> shown = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.mixgraph").stream()
                        .filter(ModuleTest::isVisible)
                        .flatMap(type -> type.getMembers().stream())
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(member -> member.getAllInvolvedRawTypes().stream()
                                .anyMatch(type -> type.getPackageName().equals("io.mixgraph.dsp")))
                        .map(JavaMember::getName)
                        .collect(Collectors.toSet());
        assertThat(shown).containsExactly("sections");
    }

    private static boolean isVisible(JavaClass type) {
        return EXPORTED_BECAUSE.containsKey(type.getPackageName())
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ModuleTest::isVisible).orElse(true);
    }

    @Test
    void nothingElseIsNeededToRun() {
        Set<String> needed = engine().requires().stream()
                .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .collect(Collectors.toSet());
        assertThat(needed).containsExactly("java.base");
    }

    private static ModuleDescriptor engine() {
        try {
            Path classes = Path.of(MixEngine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return ModuleFinder.of(classes)
                    .find("io.mixgraph.engine")
                    .orElseThrow()
                    .descriptor();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
