package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.repository.GenericRepository;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No query reaches across owners, but for those that are named here. */
final class OwnerRuleTest {

    private static final Pattern FILTER = Pattern.compile("owner = :owner");
    private static final Pattern VALUE =
            Pattern.compile("insert into (agent|conversation|background_run|tool_group|shield|vector_store) ");

    /** The processes belong to nobody; one of them tidies up after another whoever's turns it had, reads whoever's files, and removes what has expired. */
    private static final Set<String> ACROSS_OWNERS = Set.of(
            "ReplicaRows.beat",
            "ReplicaRows.delete",
            "ReplicaRows.deleteOthers",
            "TurnRows.abandoned",
            "StoreFileRows.claim",
            "FileRows.expired",
            "VectorStoreRows.emptyExpired",
            "BackgroundRows.scheduleForgotten",
            "BackgroundRows.reviveAll");

    @Test
    void everyQueryOfEveryRepositoryFiltersByOwner() throws Exception {
        List<Class<?>> repositories = repositories();
        assertThat(repositories)
                .contains(AgentRows.class, SessionRows.class, TurnRows.class, JournalRows.class, ReplicaRows.class);

        assertThat(repositories.stream().flatMap(OwnerRuleTest::queriesAcrossOwners))
                .containsExactlyInAnyOrderElementsOf(ACROSS_OWNERS);
    }

    @Test
    void aQueryThatForgetsTheOwnerIsFound() {
        assertThat(queriesAcrossOwners(Forgetful.class))
                .containsExactlyInAnyOrder("Forgetful.byId", "Forgetful.shown", "Forgetful.derivedFromItsName");
    }

    interface Forgetful {
        @Query("select id from agent where id = :id")
        String byId(String id);

        @Query("select owner from agent where id = :id")
        String shown(String id);

        String derivedFromItsName(String id);

        @Query("select id from agent where owner = :owner and id = :id")
        String good(String owner, String id);
    }

    private static Stream<String> queriesAcrossOwners(Class<?> repository) {
        return Stream.of(repository.getDeclaredMethods())
                .filter(method -> !keepsToOwner(method))
                .map(method -> repository.getSimpleName() + "." + method.getName());
    }

    private static boolean keepsToOwner(Method method) {
        Query query = method.getAnnotation(Query.class);
        if (query == null) {
            return false;
        }
        String sql = query.value();
        boolean insertsOwner = VALUE.matcher(sql).find()
                && Pattern.compile("\\(('turn', :turnId, convert_to\\()?:owner,")
                        .matcher(sql)
                        .find();
        return FILTER.matcher(sql).find() || insertsOwner;
    }

    private static List<Class<?>> repositories() throws IOException, URISyntaxException {
        Path classes = Path.of(TurnRows.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .<Class<?>>map(OwnerRuleTest::load)
                    .filter(type -> type.isAnnotationPresent(JdbcRepository.class)
                            || GenericRepository.class.isAssignableFrom(type))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, OwnerRuleTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
