package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The launcher has the JIT take only short methods into the loops that call them. A function of numbers that is longer
 * would be called for every sample, and the loop not be vectorised: exp2 once took seven times as long for that.
 */
class InliningTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path LAUNCHER = Path.of("..", "packaging", "java.sh");
    private static final Pattern LIMIT = Pattern.compile("-XX:FreqInlineSize=(\\d+)");
    private static final String NUMBER = "(?:double|float|int|long|boolean)";
    private static final Pattern FUNCTION =
            Pattern.compile(".*static (?:final )?" + NUMBER + " (\\w+)\\(" + NUMBER + "(?:, " + NUMBER + ")*\\).*");
    private static final Pattern INSTRUCTION = Pattern.compile(" +(\\d+): (\\w+)(?: +(\\d+))?.*");

    @Test
    void functionsOfNumbersAreShortEnough() throws IOException {
        int limit = limit();
        List<String> tooLong = new ArrayList<>();
        int functions = 0;
        for (String type : types()) {
            for (Function function : functions(type)) {
                functions++;
                if (!function.loops() && function.bytes() > limit) {
                    tooLong.add(type + "." + function);
                }
            }
        }
        assertThat(functions).isGreaterThan(10);
        assertThat(tooLong).isEmpty();
    }

    private record Function(String name, int bytes, boolean loops) {}

    private static int limit() throws IOException {
        Matcher matcher = LIMIT.matcher(Files.readString(LAUNCHER));
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static List<String> types() throws IOException {
        try (Stream<Path> files = Files.list(CLASSES.resolve("io/mixgraph/dsp"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-"))
                    .map(name -> "io.mixgraph.dsp." + name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }

    /** Static methods from numbers to a number, by what javap says of them. */
    private static List<Function> functions(String type) {
        StringWriter text = new StringWriter();
        ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
        PrintWriter out = new PrintWriter(text);
        assertThat(javap.run(out, out, "-c", "-p", "-cp", CLASSES.toString(), type))
                .isZero();
        List<Function> functions = new ArrayList<>();
        String name = "";
        int last = 0;
        boolean loops = false;
        for (String line : text.toString().lines().toList()) {
            Matcher instruction = INSTRUCTION.matcher(line);
            if (instruction.matches()) {
                last = Integer.parseInt(instruction.group(1));
                boolean jump = instruction.group(2).startsWith("if")
                        || instruction.group(2).equals("goto");
                loops |= jump && Integer.parseInt(instruction.group(3)) < last;
            } else if (line.isBlank() && !name.isEmpty()) {
                functions.add(new Function(name, last + 1, loops));
                name = "";
            }
            Matcher function = FUNCTION.matcher(line);
            if (function.matches()) {
                name = function.group(1);
                last = 0;
                loops = false;
            }
        }
        return functions;
    }
}
