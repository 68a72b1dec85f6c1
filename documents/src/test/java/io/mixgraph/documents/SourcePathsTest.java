package io.mixgraph.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.model.Problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePathsTest {
    @TempDir
    private Path temp;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(temp.resolve("song"));
        Files.createDirectories(folder.resolve("audio"));
        Files.createDirectories(temp.resolve("song-takes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kick.wav", "audio/kick.wav", "./audio/../kick.wav", "../song/kick.wav", "..kick.wav", "no/such"
            })
    void inTheFolder(String source) throws IOException {
        SessionDocument document = document(source);
        assertThat(document.sourceProblems(false)).isEmpty();
        assertThat(document.resolve(source).startsWith(folder)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../kick.wav", "audio/../../kick.wav", "..", "../song-takes/kick.wav", "no/../../such"})
    void outsideTheFolder(String source) throws IOException {
        SessionDocument document = document(source);
        assertThat(document.problems(document.sourceProblems(false)))
                .singleElement()
                .hasToString("SOURCE_OUTSIDE /tracks/0/source (line 1, column 26): \"" + source
                        + "\" is outside the folder of the sources; name it by an absolute path, or allow it with"
                        + " --allow-outside");
        assertThat(document.sourceProblems(true)).isEmpty();
    }

    @Test
    void anAbsolutePathIsAllowed() throws IOException {
        SessionDocument document = document(temp.resolve("kick.wav").toString());
        assertThat(document.sourceProblems(false)).isEmpty();
        assertThat(document.resolve(temp.resolve("kick.wav").toString())).isEqualTo(temp.resolve("kick.wav"));
    }

    @Test
    void aSymbolicLinkThatLeavesTheFolderIsOutside() throws IOException {
        Files.writeString(temp.resolve("secret.wav"), "");
        Files.createSymbolicLink(folder.resolve("link.wav"), temp.resolve("secret.wav"));
        Files.createSymbolicLink(folder.resolve("takes"), folder.resolve("audio"));
        Files.writeString(folder.resolve("audio/take.wav"), "");

        assertThat(document("link.wav").sourceProblems(false))
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactly("SOURCE_OUTSIDE /tracks/0/clips/0/source");
        assertThat(document("takes/take.wav").sourceProblems(false)).isEmpty();
    }

    @Test
    void aFolderReachedByALinkIsTheFolder() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("by-link"), folder);
        Files.writeString(folder.resolve("kick.wav"), "");
        Files.writeString(folder.resolve("mix.yaml"), "tracks: [{id: a, source: kick.wav}]");

        assertThat(SessionDocuments.read(link.resolve("mix.yaml")).sourceProblems(false))
                .isEmpty();
    }

    @Test
    void aNameThatNoFileCanHaveIsUnreadable() {
        SessionDocument document = SessionDocuments.read(
                "{\"tracks\": [{\"id\": \"a\", \"source\": \"a\\u0000\"}]}", "nul", DocumentFormat.JSON);
        assertThat(document.sourceProblems(true))
                .extracting(problem -> problem.code())
                .containsExactly(Code.UNREADABLE_SOURCE);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> SessionDocuments.read(folder.resolve("none.yaml")))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no file " + folder.resolve("none.yaml"));
    }

    private SessionDocument document(String source) throws IOException {
        Path file = folder.resolve("mix.yaml");
        Files.writeString(file, "tracks: [{id: a, source: \"" + source + "\"}]");
        return SessionDocuments.read(file);
    }
}
