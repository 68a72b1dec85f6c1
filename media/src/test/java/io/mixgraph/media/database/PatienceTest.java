package io.mixgraph.media.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.media.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one hears when others keep a registry in a folder busy. */
class PatienceTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private Database opened() throws IOException {
        return SqliteDatabase.open(folder, SHORT);
    }

    @Test
    void keepingIsSharedAndDeletingIsNot() throws IOException {
        try (Database one = opened();
                Database other = opened()) {
            try (Database.Hold first = one.keeping();
                    Database.Hold second = other.keeping()) {
                assertThat(first.<List<String>>write(tables -> tables.ids("0000", 1)))
                        .isEqualTo(second.<List<String>>write(tables -> tables.ids("0000", 1)));
                assertBusy(other::deleting);
                assertBusy(one::deleting);
            }
            try (Database.Hold alone = one.deleting()) {
                assertBusy(other::keeping);
                assertBusy(other::deleting);
                assertThat(alone.<List<String>>write(tables -> tables.ids("0000", 1)))
                        .isEmpty();
            }
            other.keeping().close();
        }
    }

    @Test
    void anotherProgramThatWritesForTooLongIsNamedInWords() throws Exception {
        opened().close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + SqliteDatabase.file(folder));
                var statement = connection.createStatement();
                Database database = opened()) {
            statement.execute("BEGIN IMMEDIATE");
            // Readers do not mind.
            assertThat(database.<List<String>>read(tables -> tables.ids("0000", 1)))
                    .isEmpty();
            try (Database.Hold hold = database.keeping()) {
                assertBusy(() -> {
                    hold.<List<String>>write(tables -> tables.ids("0000", 1));
                    return hold;
                });
                statement.execute("ROLLBACK");
                assertThat(hold.<List<String>>write(tables -> tables.ids("0000", 1)))
                        .isEmpty();
            }
        }
    }

    @Test
    void workThatFailsLeavesNothingAndTheNextCanBegin() throws IOException {
        try (Database database = opened();
                Database.Hold hold = database.keeping()) {
            assertThatThrownBy(() -> hold.<Boolean>write(tables -> {
                        tables.removeUnusedAssets();
                        throw new IOException("not so");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("not so");
            assertThat(hold.<List<String>>write(tables -> tables.ids("0000", 1)))
                    .isEmpty();
        }
    }

    private interface Waiting {
        Database.Hold get() throws IOException;
    }

    private void assertBusy(Waiting waiting) {
        assertThatThrownBy(() -> waiting.get().close())
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("busy")
                .hasMessageNotContaining("locked");
    }
}
