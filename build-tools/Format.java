import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or repairs the layout of every Java source of the house. The build starts it as a single source file on JDK 25, because the
 * formatter parses with the compiler of the JVM that it runs in, and Maven's own JVM may be older.
 */
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean fix = args[0].equals("fix");
        List<Path> wrong = sources()
                .parallel()
                .filter(source -> !isRight(source, fix))
                .sorted()
                .toList();
        if (!wrong.isEmpty()) {
            wrong.forEach(source -> System.err.println("Not formatted: " + source));
            System.err.println("Run ./format and commit what it changes.");
            System.exit(1);
        }
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(""))) {
            List<Path> roots = modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList();
            return Stream.concat(Stream.of(Path.of("build-tools")), roots.stream())
                    .flatMap(Format::javaFilesUnder)
                    .toList()
                    .stream();
        }
    }

    private static Stream<Path> javaFilesUnder(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True when the file is formatted, or has just been made so. */
    private static boolean isRight(Path source, boolean fix) {
        try {
            String text = Files.readString(source);
            String formatted = FORMATTER.formatSourceAndFixImports(text);
            if (!formatted.equals(text) && fix) {
                Files.writeString(source, formatted);
                System.out.println("Formatted: " + source);
                return true;
            }
            return formatted.equals(text);
        } catch (IOException | FormatterException e) {
            System.err.println(source + ": " + e.getMessage());
            return false;
        }
    }
}
