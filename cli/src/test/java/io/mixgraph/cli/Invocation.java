package io.mixgraph.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command that was run in this process, and what came of it. */
record Invocation(int exitCode, String out, String err) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static Invocation of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Stream.of(args).map(String::valueOf).toArray(String[]::new);
        CommandLine commandLine = Main.commandLine(words);
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(words);
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        return new Invocation(exitCode, out.toString(), err.toString());
    }

    /** All of stdout as one JSON value. */
    JsonNode json() {
        return MAPPER.readTree(out);
    }

    static JsonNode json(String text) {
        return MAPPER.readTree(text);
    }
}
