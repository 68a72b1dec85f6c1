package io.mixgraph.media;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part of the registry may know which. */
class MediaArchitectureTest {
    private static final JavaClasses MEDIA = imported();

    @ParameterizedTest
    @CsvSource({
        "io.mixgraph.media.store, io.mixgraph.media io.mixgraph.media.database.. io.mixgraph.media.cache..",
        "io.mixgraph.media.cache, io.mixgraph.media io.mixgraph.media.database.. io.mixgraph.media.store..",
        "io.mixgraph.media.database, io.mixgraph.media.cache.. io.mixgraph.media.store..",
        "io.mixgraph.media, io.mixgraph.media.cache.. org.jdbi.. org.flywaydb.. java.sql.. software.amazon..",
        "io.mixgraph.media.., io.mixgraph.documents.. io.mixgraph.codecs.. io.mixgraph.cli.."
    })
    void partsDoNotKnowEachOther(String part, String others) {
        noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat(resideInAnyPackage(others.split(" ", -1)))
                .allowEmptyShould(true)
                .because("bytes, tables and what only saves time are each understandable without the others")
                .check(MEDIA);
    }

    private static JavaClasses imported() {
        // Names are enough, and there are many classes in what it is made with.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath(Path.of("target", "classes"));
    }
}
