package io.mixgraph.media.database;

import io.mixgraph.media.RegistryException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is, as {@code postgresql://user:password@host:port/database?parameter=value} says it.
 *
 * @param hosts one or several, with their ports: {@code host:5432}
 * @param database its name
 * @param schema in which the registry's tables are
 * @param user null for the name of the user of this machine
 * @param password null when it comes from elsewhere
 * @param parameters the other ones, for the driver, as they were written: {@code sslmode=require&…}
 */
public record ServerAddress(
        String hosts,
        String database,
        String schema,
        @Nullable String user,
        @Nullable String password,
        String parameters) {
    private static final Pattern FORM = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^/?]*))?@)?(?<hosts>[^@/?]*)(?:/(?<database>[^?]*))?(?:\\?(?<parameters>.*))?",
            Pattern.CASE_INSENSITIVE);
    private static final String SCHEMA = "mixgraph";
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Whether a place is meant to be at a server. */
    public static boolean isMeantBy(String place) {
        String start = place.toLowerCase(Locale.ROOT);
        return start.startsWith("postgresql:") || start.startsWith("postgres:");
    }

    /**
     * What such an address says; {@code user}, {@code password} and {@code currentSchema}, the schema, may also be
     * parameters.
     *
     * @throws RegistryException when it is none
     */
    public static ServerAddress parse(String text) throws RegistryException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw none();
        }
        String user = decoded(form.group("user"));
        String password = decoded(form.group("password"));
        String schema = SCHEMA;
        List<String> others = new ArrayList<>();
        String parameters = form.group("parameters");
        for (String parameter : (parameters == null ? "" : parameters).split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            String value = parts.length < 2 ? "" : parts[1];
            switch (parts[0]) {
                case "" -> {}
                case "user" -> user = decoded(value);
                case "password" -> password = decoded(value);
                case "currentSchema" -> schema = String.valueOf(decoded(value));
                default -> others.add(parameter);
            }
        }
        String hosts = form.group("hosts").isEmpty() ? "localhost" : form.group("hosts");
        String database = decoded(form.group("database"));
        if (database == null || database.isEmpty() || database.contains("/")) {
            throw RegistryException.request("the address of a registry at a server has to name its database:"
                    + " postgresql://user@host:5432/DATABASE");
        }
        return new ServerAddress(
                hosts.toLowerCase(Locale.ROOT),
                database,
                schema,
                user == null || user.isEmpty() ? null : user,
                password,
                String.join("&", others));
    }

    private static RegistryException none() {
        // Not the text: it may hold a password.
        return RegistryException.request("that is no address of a PostgreSQL database; it has to be of the form"
                + " postgresql://user@host:5432/database, with special characters of user and password as %40");
    }

    private static @Nullable String decoded(@Nullable String text) throws RegistryException {
        try {
            // A plus is a plus here.
            return text == null ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw none();
        }
    }

    /** A name for a folder of what belongs to it on this machine: no two databases have one name. */
    public String folderName() {
        int colon = hosts.lastIndexOf(':');
        boolean port = colon >= 0 && hosts.substring(colon + 1).matches("[0-9]+");
        String name = escaped(port ? hosts.substring(0, colon) : hosts, ".-")
                + "_" + (port ? hosts.substring(colon + 1) : "5432")
                + "-" + escaped(database, "_-");
        return schema.equals(SCHEMA) ? name : name + "." + escaped(schema, "_-");
    }

    private static String escaped(String name, String allowed) {
        StringBuilder text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (LETTERS.indexOf(c) >= 0 || allowed.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return text.toString();
    }

    /** The address without what is secret. */
    @Override
    public String toString() {
        return "postgresql://" + (user == null ? "" : user + "@") + hosts + "/" + database
                + (schema.equals(SCHEMA) ? "" : "?currentSchema=" + schema);
    }
}
