package io.mixgraph.media;

import io.mixgraph.media.database.ServerAddress;
import io.mixgraph.media.database.SqliteDatabase;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is: a folder with an SQLite file, or a PostgreSQL database. And where its objects are: one store
 * belongs to one registry, for collecting deletes what that registry does not need.
 */
public final class RegistryPlace {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    /** What is on this machine: of a registry at a server, its cache and by default its objects. */
    private final Path folder;

    private final @Nullable ServerAddress server;
    private final String objects;

    private RegistryPlace(Path folder, @Nullable ServerAddress server, String objects) {
        this.folder = folder;
        this.server = server;
        this.objects = objects;
    }

    /** As {@link #parse(String, Map)}, in the environment of this process. */
    public static RegistryPlace parse(String text) throws RegistryException {
        return parse(text, System.getenv());
    }

    /**
     * The place that a text means: the path of a folder, or {@code postgresql://user@host:port/database}. The password
     * of the user may stand in it; else it comes from {@code PGPASSWORD} or {@code ~/.pgpass}. The tables are in the
     * schema {@code mixgraph}, or the one that {@code ?currentSchema=} names. All other parameters are the driver's:
     * {@code ?sslmode=require}.
     *
     * @param environment where {@code XDG_DATA_HOME} and {@code HOME} are looked up
     * @throws RegistryException when it is no place
     */
    public static RegistryPlace parse(String text, Map<String, String> environment) throws RegistryException {
        if (ServerAddress.isMeantBy(text)) {
            ServerAddress server = ServerAddress.parse(text);
            Path folder = home(environment).resolve(server.folderName());
            return new RegistryPlace(folder, server, folder.resolve("objects").toString());
        }
        if (text.isBlank() || SCHEME.matcher(text).matches()) {
            throw none(text);
        }
        try {
            return in(Path.of(text));
        } catch (InvalidPathException e) {
            throw none(text);
        }
    }

    private static RegistryException none(String text) {
        return RegistryException.request("\"" + text
                + "\" is no place for a registry: give the path of a folder, or postgresql://user@host:5432/database");
    }

    private static RegistryPlace in(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new RegistryPlace(absolute, null, absolute.resolve("objects").toString());
    }

    /**
     * The place of those who name none: what {@code MIXGRAPH_REGISTRY} says, else {@code mixgraph} in
     * {@code XDG_DATA_HOME}, else {@code ~/.local/share/mixgraph}.
     *
     * @throws RegistryException when {@code MIXGRAPH_REGISTRY} says no place
     */
    public static RegistryPlace standard(Map<String, String> environment) throws RegistryException {
        String named = environment.getOrDefault("MIXGRAPH_REGISTRY", "");
        return named.isBlank() ? in(home(environment)) : parse(named, environment);
    }

    private static Path home(Map<String, String> environment) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        // The convention: a path that is not absolute does not count.
        if (!data.isBlank() && Path.of(data).isAbsolute()) {
            return Path.of(data, "mixgraph");
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        return Path.of(home, ".local", "share", "mixgraph");
    }

    /** The same registry with its objects elsewhere: in a folder, or at {@code s3://bucket/prefix}. */
    public RegistryPlace withObjects(String place) {
        return new RegistryPlace(folder, server, place);
    }

    /** Where the objects are. */
    public String objects() {
        return objects;
    }

    /** The folder on this machine for what is only kept to save time. */
    public Path cacheFolder() {
        return folder.resolve("cache");
    }

    /** Whether there is a registry already. A server always counts as one: only opening it would tell. */
    public boolean exists() {
        return server != null || Files.exists(SqliteDatabase.file(folder));
    }

    Path folder() {
        return folder;
    }

    @Nullable
    ServerAddress server() {
        return server;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RegistryPlace place
                && folder.equals(place.folder)
                && Objects.equals(server, place.server)
                && objects.equals(place.objects);
    }

    @Override
    public int hashCode() {
        return Objects.hash(folder, server, objects);
    }

    /** The place in words, without a password. */
    @Override
    public String toString() {
        return server == null ? folder.toString() : server.toString();
    }
}
