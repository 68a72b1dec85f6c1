package io.mixgraph;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may know which, and what would let a render differ from one machine to the next. */
class ArchitectureTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.mixgraph");

    private static final Set<String> INEXACT_MATH = Set.of(
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "expm1", "log", "log10", "log1p", "pow",
            "cbrt", "hypot", "sinh", "cosh", "tanh", "fma", "random");

    @ParameterizedTest
    @CsvSource({
        "audio, ''",
        "dsp, audio",
        "fx, audio dsp",
        "loudness, audio dsp",
        "wav, audio dsp",
        "model, audio dsp fx loudness wav",
        "preset, audio dsp fx loudness wav model",
        "routing, audio dsp fx loudness wav model preset",
        "render, audio dsp fx loudness wav model preset routing"
    })
    void packagesKnowOnlyThoseBelowThem(String layer, String below) {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify..", "io.mixgraph." + layer, ""));
        Stream.of(below.split(" ")).map(name -> "io.mixgraph." + name).forEach(allowed::add);
        classes()
                .that()
                .resideInAPackage("io.mixgraph." + layer)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
                .because("one direction keeps every package understandable without those above it")
                .check(ENGINE);
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        assertThat(ENGINE.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrder(
                        "io.mixgraph",
                        "io.mixgraph.audio",
                        "io.mixgraph.dsp",
                        "io.mixgraph.fx",
                        "io.mixgraph.loudness",
                        "io.mixgraph.wav",
                        "io.mixgraph.model",
                        "io.mixgraph.preset",
                        "io.mixgraph.routing",
                        "io.mixgraph.render");
    }

    @Test
    void theEngineNeedsNothingButJavaBase() {
        classes()
                .should()
                .onlyDependOnClassesThat(describe("are the engine's or java.base's", ArchitectureTest::isOwnOrBase))
                .because("an engine without dependencies runs wherever Java 17 does; annotations are not needed to run")
                .check(ENGINE);
    }

    private static boolean isOwnOrBase(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.equals("io.mixgraph")
                || name.startsWith("io.mixgraph.")
                || name.startsWith("org.jspecify.")
                || "java.base"
                        .equals(type.getBaseComponentType()
                                .reflect()
                                .getModule()
                                .getName());
    }

    @Test
    void noTranscendentalOfMath() {
        forbid(
                access -> owner(access, Math.class) && INEXACT_MATH.contains(access.getName()),
                "java.lang.Math may answer within an ulp or two, differently on each processor; StrictMath may not,"
                        + " and fma rounds once where other code rounds twice");
    }

    @Test
    void noDecimalDigitsOfAPlatform() {
        forbid(
                ArchitectureTest::writesDigits,
                "JDK 19 changed the digits of Double.toString; io.mixgraph.audio.Numbers writes the same ones everywhere");
    }

    private static boolean writesDigits(JavaAccess<?> access) {
        if (owner(access, Double.class) || owner(access, Float.class)) {
            return access.getName().equals("toString");
        }
        if (owner(access, StringBuilder.class) || owner(access, StringBuffer.class)) {
            return Set.of("append", "insert").contains(access.getName()) && takesFloatingPoint(access);
        }
        if (owner(access, String.class) || owner(access, BigDecimal.class)) {
            return access.getName().equals("valueOf") && takesFloatingPoint(access);
        }
        return false;
    }

    @Test
    void noConcatenationOfAFloatingPointNumber() throws IOException {
        Path sources = Path.of(System.getProperty("basedir", "."), "src", "main", "java");
        assertThat(Concatenations.ofFloatingPoint(sources))
                .as("text joined with + from a double has the digits of the JDK; io.mixgraph.audio.Numbers has its own")
                .isEmpty();
    }

    @Test
    void concatenationsAreSeen() throws IOException {
        String probe = """
                record Probe(double value, Float boxed, long count) {
                    String text() {
                        String text = "a" + count + value;
                        text += boxed;
                        return value + count + text;
                    }
                }
                """;
        assertThat(Concatenations.ofFloatingPoint("Probe", probe))
                .containsExactly("\"a\" + count + value", "text += boxed", "value + count + text");
    }

    @Test
    void whatIsBannedIsSeen() {
        JavaClass offender = new ClassFileImporter().importClass(Offender.class);
        assertThat(offender.getAccessesFromSelf().stream()
                        .filter(access -> writesDigits(access) || followsTheMachinesLanguage(access))
                        .map(JavaAccess::getName))
                .containsExactlyInAnyOrder("toString", "valueOf", "append", "getDefault", "format");
    }

    @SuppressWarnings({"UnusedMethod", "UnnecessaryStringBuilder", "UnusedVariable"})
    private record Offender(double value) {
        List<Object> offences() {
            return List.of(
                    Double.toString(value),
                    String.valueOf(value),
                    new StringBuilder().append(value),
                    Locale.getDefault(),
                    String.format("%s", value),
                    String.format(Locale.ROOT, "%s", value));
        }
    }

    @Test
    void noClock() {
        forbid(
                access -> owner(access, System.class)
                        && Set.of("currentTimeMillis", "nanoTime").contains(access.getName()),
                "what is rendered, and what is written about it, must not know when that was");
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.time..")
                .because("what is rendered, and what is written about it, must not know when that was")
                .check(ENGINE);
    }

    @Test
    void noUnseededRandom() {
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "draw random numbers",
                        type -> type.isAssignableTo(Random.class)
                                || type.isEquivalentTo(ThreadLocalRandom.class)
                                || type.isEquivalentTo(SplittableRandom.class)
                                || type.isEquivalentTo(UUID.class)))
                .because("dither is counted from a seed and the absolute frame; anything else differs from run to run")
                .check(ENGINE);
    }

    @Test
    void noLocale() {
        forbid(
                ArchitectureTest::followsTheMachinesLanguage,
                "numbers and letters must not follow the machine's language; write Locale.ROOT");
    }

    private static boolean followsTheMachinesLanguage(JavaAccess<?> access) {
        if (owner(access, Locale.class)) {
            return access.getName().equals("getDefault");
        }
        return owner(access, String.class)
                && Set.of("format", "formatted", "toLowerCase", "toUpperCase").contains(access.getName())
                && !takes(access, Locale.class);
    }

    private static void forbid(Predicate<JavaAccess<?>> banned, String reason) {
        noClasses()
                .should()
                .accessTargetWhere(describe("it is banned", banned))
                .because(reason)
                .check(ENGINE);
    }

    private static boolean owner(JavaAccess<?> access, Class<?> owner) {
        return access.getTargetOwner().isEquivalentTo(owner);
    }

    private static boolean takesFloatingPoint(JavaAccess<?> access) {
        return takes(access, double.class) || takes(access, float.class);
    }

    private static boolean takes(JavaAccess<?> access, Class<?> parameter) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(parameter));
    }
}
