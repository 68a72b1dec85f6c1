package io.mixgraph.cli;

import io.mixgraph.documents.SessionSchema;
import picocli.CommandLine.Command;

@Command(name = "schema", description = "Print the JSON Schema of session documents.")
final class SchemaCommand extends Subcommand {
    @Override
    void run() {
        out().print(SessionSchema.text());
        out().flush();
    }
}
