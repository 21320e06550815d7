package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows the tables that the tests hold the code to. When one changes, paste it from the failure. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern PACKAGE_ROW = Pattern.compile("^\\| `(dev\\.parley\\.[^`]+)`", Pattern.MULTILINE);
    private static final Pattern DRAWING = Pattern.compile("```text\n(.+?)```", Pattern.DOTALL);

    @Test
    void showsTheStateTable() throws IOException {
        assertThat(readme()).contains("\n\n" + StateTable.markdown() + "\n");
    }

    @Test
    void showsWhatComesNext() throws IOException {
        assertThat(readme()).contains("\n\n" + NextTable.markdown() + "\n");
    }

    @Test
    void namesEveryPackage() throws IOException {
        List<String> packages;
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            packages = sources.filter(source -> source.endsWith("package-info.java"))
                    .map(source -> SOURCES.relativize(source.getParent()).toString())
                    .map(folder -> folder.replace(README.getFileSystem().getSeparator(), "."))
                    .toList();
        }

        assertThat(found(PACKAGE_ROW)).isNotEmpty().containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void drawsEveryState() throws IOException {
        assertThat(found(DRAWING))
                .singleElement()
                .satisfies(drawing -> assertThat(Arrays.stream(TurnState.class.getPermittedSubclasses())
                                .map(Class::getSimpleName))
                        .allSatisfy(state -> assertThat(drawing).contains(state)));
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(readme())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String readme() throws IOException {
        return Files.readString(README);
    }
}
