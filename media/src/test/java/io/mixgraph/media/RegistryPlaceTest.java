package io.mixgraph.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What places mean. */
class RegistryPlaceTest {
    private static final Map<String, String> HOME = Map.of("HOME", "/home/me");

    @Test
    void theStandardPlaceFollowsFromTheEnvironment() throws RegistryException {
        assertThat(RegistryPlace.standard(HOME)).hasToString("/home/me/.local/share/mixgraph");
        assertThat(RegistryPlace.standard(Map.of("HOME", "/home/me", "XDG_DATA_HOME", "/data")))
                .hasToString("/data/mixgraph");
        assertThat(RegistryPlace.standard(Map.of("HOME", "/home/me", "XDG_DATA_HOME", "relative")))
                .hasToString("/home/me/.local/share/mixgraph");
        assertThat(RegistryPlace.standard(Map.of("HOME", "/home/me", "MIXGRAPH_REGISTRY", "/shared/mixes")))
                .isEqualTo(RegistryPlace.parse("/shared/mixes"));
        assertThat(RegistryPlace.standard(Map.of("MIXGRAPH_REGISTRY", "postgresql://db/mixes", "HOME", "/home/me")))
                .hasToString("postgresql://db/mixes");
    }

    @Test
    void objectsAndCacheAreBesideTheTablesOfAFolder(@TempDir Path folder) throws Exception {
        RegistryPlace place = RegistryPlace.parse(folder.resolve("a/../b").toString());
        assertThat(place.objects()).isEqualTo(folder.resolve("b/objects").toString());
        assertThat(place.cacheFolder()).isEqualTo(folder.resolve("b/cache"));
        assertThat(place.withObjects("s3://bucket/mixes").objects()).isEqualTo("s3://bucket/mixes");
        assertThat(place.withObjects("s3://bucket/mixes").cacheFolder()).isEqualTo(folder.resolve("b/cache"));
        assertThat(place.exists()).isFalse();
        assertThat(folder.resolve("b")).doesNotExist();
        Registry.open(place).close();
        assertThat(place.exists()).isTrue();
        assertThat(Files.exists(folder.resolve("b/registry.db"))).isTrue();
    }

    @Test
    void aServerHasAFolderOfItsOwnOnThisMachine() throws RegistryException {
        RegistryPlace place = RegistryPlace.parse("postgresql://me:secret@DB.example:5433/mixes?sslmode=require", HOME);
        Path own = Path.of("/home/me/.local/share/mixgraph/db.example_5433-mixes");
        assertThat(place.objects()).isEqualTo(own.resolve("objects").toString());
        assertThat(place.cacheFolder()).isEqualTo(own.resolve("cache"));
        assertThat(place.exists()).isTrue();
        assertThat(place.withObjects("/o").objects()).isEqualTo("/o");
        assertThat(place).hasToString("postgresql://me@db.example:5433/mixes");
    }

    @Test
    void noTwoDatabasesShareAFolderAndNoNameIsAPath() throws RegistryException {
        List<String> addresses = List.of(
                "postgres://db/mixes",
                "postgres://db:5433/mixes",
                "postgres://db/mixes.x",
                "postgres://db/mixes?currentSchema=x",
                "postgres://db/mixes?currentSchema=.x",
                "postgres://db-1/a",
                "postgres://db/1-a",
                "postgres://db/..",
                "postgres://db/..%2F..%2Fetc",
                "postgres://db/a%00b",
                "postgres://a,b/mixes",
                "postgres://[::1]/mixes",
                "postgres://[::1]:5433/mixes");
        Set<String> folders = new HashSet<>();
        for (String address : addresses) {
            if (address.contains("%2F")) {
                assertThatThrownBy(() -> RegistryPlace.parse(address, HOME)).isInstanceOf(RegistryException.class);
                continue;
            }
            Path cache = RegistryPlace.parse(address, HOME).cacheFolder();
            assertThat(folders.add(cache.toString())).as(address).isTrue();
            assertThat(cache.normalize()).isEqualTo(cache);
            assertThat(cache.toString()).startsWith("/home/me/.local/share/mixgraph/");
            assertThat(cache.getNameCount()).isEqualTo(7);
        }
    }

    @Test
    void aPasswordIsNeverShown() throws RegistryException {
        for (String address : List.of(
                "postgresql://me:s3cr%40t@db/mixes",
                "postgresql://db/mixes?user=me&password=s3cr%40t", "postgresql://me:s3cr@t@db/mixes")) {
            assertThat(RegistryPlace.parse(address, HOME).toString()).isEqualTo("postgresql://me@db/mixes");
        }
        for (String wrong : List.of(
                "postgresql://me:s3cret@db", "postgresql:me:s3cret@db/mixes", "postgresql://me:%zzs3cret@db/mixes")) {
            assertThatThrownBy(() -> RegistryPlace.parse(wrong, HOME))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageNotContaining("s3cret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "mysql://db/mixes", "s3://bucket", "file:/tmp/x", "a\0b"})
    void whatIsNoPlaceIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> RegistryPlace.parse(text, HOME))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no place for a registry")
                .satisfies(e -> assertThat(((RegistryException) e).isRequest()).isTrue());
    }
}
