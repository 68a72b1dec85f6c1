package io.mixgraph.cli;

import io.mixgraph.documents.Suggestion;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "fx", description = "List all effects, or show one: its parameters, and how it is written.")
final class FxCommand extends Subcommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "An effect.")
    private @Nullable String name;

    @Override
    void run() throws Failure {
        if (name == null) {
            list();
            return;
        }
        EffectSheet sheet = EffectSheet.of(type(name));
        if (json()) {
            print(sheet);
        } else {
            EffectText.lines(sheet).forEach(out()::println);
        }
    }

    private void list() {
        List<EffectSheet.Line> effects =
                EffectCatalogue.types().stream().map(EffectSheet::line).toList();
        if (json()) {
            print(effects);
            return;
        }
        Table table = Table.ofWords("name", "nature", "key", "");
        for (EffectSheet.Line effect : effects) {
            table.add(effect.name(), word(effect.nature()), word(effect.key()), effect.doc());
        }
        table.lines().forEach(out()::println);
    }

    private static String word(@Nullable Enum<?> constant) {
        return constant == null ? "-" : constant.name().toLowerCase(Locale.ROOT);
    }

    private static EffectType type(String name) throws Failure {
        List<String> known =
                EffectCatalogue.types().stream().map(EffectType::name).toList();
        return EffectCatalogue.byName(name)
                .orElseThrow(() -> Failure.invalid("there is no effect '" + name + "'." + Suggestion.of(name, known)
                        + " There are " + String.join(", ", known)));
    }
}
