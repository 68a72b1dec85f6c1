package io.mixgraph.cli;

import java.util.ArrayList;
import java.util.List;

/** What there is to say of an effect, for people. */
final class EffectText {
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    private EffectText() {}

    static List<String> lines(EffectSheet sheet) {
        EffectText text = new EffectText();
        text.write(sheet);
        return text.lines;
    }

    private void write(EffectSheet sheet) {
        lines.add(sheet.name() + ": " + sheet.doc());
        lines.add("");
        fact("nature", EffectSheet.words(sheet.nature()));
        fact("key", sheet.key() == null ? "not known" : sheet.key().words());
        fact("latency", sheet.latency().text());
        fact("tail", sheet.tail().text());
        fact("revision", String.valueOf(sheet.revision()));
        section("Its parameters", sheet.parameters());
        section("What every effect has", sheet.insertFields());
        if (!sheet.example().isEmpty()) {
            lines.add("");
            lines.add("As it is written");
            sheet.example().lines().forEach(line -> lines.add(INDENT + line));
        }
    }

    private void fact(String name, String words) {
        lines.addAll(Paragraph.lines(INDENT + name + " ".repeat(10 - name.length()), words));
    }

    private void section(String title, List<FieldSheet> fields) {
        lines.add("");
        lines.add(title);
        fields(fields, INDENT, "");
    }

    private void fields(List<FieldSheet> fields, String margin, String path) {
        int width =
                fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
        String under = margin + " ".repeat(width) + INDENT;
        for (FieldSheet field : fields) {
            String name =
                    margin + field.name() + " ".repeat(width - field.name().length()) + INDENT;
            String own = path + field.name();
            lines.addAll(Paragraph.lines(name, under, facts(field, path.isEmpty() ? "" : own)));
            lines.addAll(Paragraph.lines(under, under, field.doc()));
            boolean list = field.type() == FieldSheet.Kind.LIST;
            fields(field.fields(), margin + INDENT + INDENT, list ? own + "/0/" : path);
        }
    }

    private static String facts(FieldSheet field, String path) {
        StringBuilder facts = new StringBuilder(field.allowed());
        if (field.required()) {
            facts.append("; must be given");
        } else if (!field.defaultText().isEmpty()) {
            facts.append("; default ").append(field.defaultText());
        }
        if (field.automatable()) {
            facts.append("; can be automated").append(path.isEmpty() ? "" : " as " + path);
        }
        return facts.toString();
    }
}
