package io.mixgraph.cli;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.Nature;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.Automation;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The manual of effects, made from the catalogue: a page and the pictures that it shows. */
final class EffectsManual {
    private final StringBuilder page = new StringBuilder();

    private EffectsManual() {}

    /** The text of each file, by its path in docs. */
    static Map<String, String> files(Map<String, EffectFigures> figures) {
        Map<String, String> files = new TreeMap<>();
        EffectsManual manual = new EffectsManual();
        manual.write(figures);
        files.put("effects.md", manual.page.toString());
        // Each for itself, so that it does not matter which is drawn when.
        files.putAll(Drawing.ALL.parallelStream()
                .collect(Collectors.toMap(drawing -> picture(drawing), drawing -> EffectCurves.svg(drawing))));
        return files;
    }

    /** What is measured of each effect, in the order of the catalogue. */
    static Map<String, EffectFigures> figures() {
        Map<String, EffectFigures> figures = new TreeMap<>();
        figures.putAll(EffectCatalogue.types().parallelStream()
                .filter(type -> !ExampleDocument.inserts(type).isEmpty())
                .collect(Collectors.toMap(
                        type -> type.name(),
                        type -> EffectFigures.of(
                                type.name(),
                                ExampleDocument.inserts(type).get(0).effect()))));
        return figures;
    }

    private static String picture(Drawing drawing) {
        return "effects/" + drawing.file() + ".svg";
    }

    private void write(Map<String, EffectFigures> figures) {
        lines(
                "# Effects",
                "",
                "Made from the catalogue by `EffectsManualTest`; see [CONTRIBUTING](../CONTRIBUTING.md). At a prompt, `mixgraph fx NAME` tells the same. Effects from other",
                "jars work like these: see [Effects from another jar](extending.md).",
                "");
        contents();
        everyEffect();
        EffectCatalogue.types().forEach(this::effect);
        promisedAndMeasured(figures);
    }

    private void contents() {
        table("Effect", "Nature", "Key", "");
        for (EffectType type : EffectCatalogue.types()) {
            EffectSheet.Line line = EffectSheet.line(type);
            row(
                    "[" + type.name() + "](#" + type.name() + ")",
                    line.nature() == null ? "" : word(line.nature()),
                    line.key() == null || line.key() == EffectSheet.KeyUse.NONE ? "" : word(line.key()),
                    type.doc());
        }
        lines("");
        for (Nature nature : Nature.values()) {
            lines("- " + EffectSheet.words(nature) + ".");
        }
        lines("", "[Promised and measured](#promised-and-measured) has figures for each.", "");
    }

    private void everyEffect() {
        lines("## Every effect", "");
        lines(
                "An effect stands in the `fx` of a track, a bus or the master, in order. Besides its own parameters each takes these.",
                "What *moves* can be automated, in a list by its index: `bands/0/gain_db`.",
                "");
        EffectType first = EffectCatalogue.types().get(0);
        fields(EffectSheet.of(first).insert());
        lines("");
        EffectCatalogue.types().stream()
                .filter(type -> EffectSheet.line(type).key() == EffectSheet.KeyUse.OPTIONAL)
                .findFirst()
                .ifPresent(type -> yaml(ExampleDocument.text(List.of(withAll(type)))));
    }

    /** An effect with everything that every effect can have. */
    private static Insert withAll(EffectType type) {
        Insert plain = ExampleDocument.inserts(type).get(0);
        Effect effect = plain.effect();
        RecordShape.Field moved = type.shape().fields().stream()
                .filter(RecordShape.Field::automatable)
                .filter(field -> field.get(effect) != null)
                .findFirst()
                .orElseThrow();
        double value = (Double) Objects.requireNonNull(moved.get(effect));
        return plain.withMix(0.7)
                .withChannels(InsertChannels.MID)
                .withKey(new Key("kick", Key.of("kick").tap(), 60.0, null))
                .withAutomation(Map.of(
                        moved.name(),
                        List.of(
                                new Automation.Point(0, value),
                                new Automation.Point(8, FewestSettings.between(moved, 0.75)))));
    }

    private void effect(EffectType type) {
        EffectSheet sheet = EffectSheet.of(type);
        lines("## " + type.name(), "", type.doc(), "");
        lines("- Nature: " + EffectSheet.words(sheet.nature()) + ".");
        if (sheet.key() != null) {
            lines("- Key: " + sheet.key().words() + ".");
        }
        lines("- Latency: " + code(sheet.latency()) + ".", "- Tail: " + code(sheet.tail()) + ".");
        lines("- Revision " + type.revision() + "; definition and sources in ["
                + type.record().getSimpleName() + "](" + "../engine/src/main/java/"
                + type.record().getName().replace('.', '/') + ".java).");
        lines("");
        fields(sheet.parameters());
        lines("");
        yaml(sheet.example());
        for (Drawing drawing : Drawing.of(type.name())) {
            lines("![" + EffectCurves.words(drawing) + "](" + picture(drawing) + ")", "");
        }
    }

    private static String code(EffectTiming timing) {
        String text = timing.text();
        for (String name : timing.dependsOn()) {
            text = text.replaceAll("(?<=[ ])" + name + "(?=,|$)", "`" + name + "`");
        }
        return text;
    }

    private void fields(List<FieldSheet> fields) {
        table("Parameter", "Values", "Default", "Moves", "");
        fields(fields, "");
    }

    private void fields(List<FieldSheet> fields, String indent) {
        for (FieldSheet field : fields) {
            row(
                    indent + "`" + field.name() + "`",
                    field.allowed(),
                    field.required() ? "must be given" : field.defaultText(),
                    field.automatable() ? "yes" : "",
                    field.doc());
            fields(field.fields(), indent + "↳ ");
        }
    }

    private void promisedAndMeasured(Map<String, EffectFigures> figures) {
        lines("## Promised and measured", "");
        lines(
                "Measured when this page was made, at 48 kHz, in stereo, with the first settings that are shown above; an effect that can have a key is driven by the signal itself.",
                "The laws that all effects are tested by (`EffectLaws`) ask the same at settings drawn from all of their ranges.",
                "",
                "- *Latency*: declared, in frames, and the first frame at which an impulse sounds; where that is not the loudest one, this too. The engine makes up for what is declared.",
                "  What begins later is meant to: an echo, a predelay. What begins earlier rings before its peak, as filters of linear phase do.",
                "- *Tail*: declared, in frames, and what is left of an impulse after it, below its peak. Promised: less than "
                        + text(EffectFigures.TAIL_DB) + " dB.",
                "- *Blocks, reset*: how many of 12000 frames of noise have another bit when they are cut into blocks of 1, 7, 64 or random lengths, and when they come again after a reset. Promised: none.",
                "- *Sum*: how far the output for a sum is from the sum of the outputs, under the same control curves, below the loudest sample. Promised of what is linear under given gains: less than "
                        + text(EffectFigures.SUPERPOSITION_DB) + " dB.",
                "- *Curve*: the farthest that the sound is from its formula: for filters the spectrum of the impulse response from 20 Hz to 20 kHz, down to −80 dB; for static curves",
                "  those that are drawn, from −80 to 10 dBFS, where a formula is known. Promised: less than "
                        + text(EffectFigures.CURVE_DB) + " dB.",
                "");
        table("Effect", "Latency", "first sound", "Tail", "left after it", "Blocks", "Reset", "Sum", "Curve");
        for (EffectType type : EffectCatalogue.types()) {
            EffectFigures measured = figures.get(type.name());
            if (measured != null) {
                List<String> cells = new ArrayList<>(List.of(type.name()));
                cells.addAll(measured.cells());
                row(cells.toArray(String[]::new));
            }
        }
    }

    private static String text(double value) {
        return Figures.exact(value).replace('-', '−');
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void yaml(String text) {
        if (!text.isEmpty()) {
            lines("```yaml", text.stripTrailing(), "```", "");
        }
    }

    private void table(String... head) {
        row(head);
        row(Arrays.stream(head).map(cell -> "---").toArray(String[]::new));
    }

    private void row(String... cells) {
        lines(Arrays.stream(cells)
                .map(cell ->
                        cell.isEmpty() ? "" : " " + cell.replace("|", "\\|").replace("<", "&lt;"))
                .collect(Collectors.joining(" |", "|", " |")));
    }

    private void lines(String... lines) {
        for (String line : lines) {
            page.append(line).append('\n');
        }
    }
}
