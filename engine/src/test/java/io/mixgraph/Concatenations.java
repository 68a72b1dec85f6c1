package io.mixgraph;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds where {@code +} and {@code +=} make text of a floating-point number. In the sources, for in a class file a
 * {@code Double} is joined like any other object.
 */
final class Concatenations {
    private static final Set<String> BOXES = Set.of("java.lang.Double", "java.lang.Float");

    private Concatenations() {}

    /** Those in the sources below a folder, each as it is written. */
    static List<String> ofFloatingPoint(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder);
                StandardJavaFileManager files =
                        compiler().getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            // Without the module, what it needs for compiling only is on the class path.
            List<Path> sources = walk.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
            return found(files.getJavaFileObjectsFromPaths(sources));
        }
    }

    /** Those in the source of one class. */
    static List<String> ofFloatingPoint(String name, String source) throws IOException {
        return found(List.of(
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                }));
    }

    private static JavaCompiler compiler() {
        return ToolProvider.getSystemJavaCompiler();
    }

    private static List<String> found(Iterable<? extends JavaFileObject> sources) throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) compiler().getTask(null, null, diagnostics, List.of("-proc:none"), null, sources);
        Iterable<? extends CompilationUnitTree> units = task.parse();
        task.analyze();
        assertThat(diagnostics.getDiagnostics())
                .filteredOn(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
        List<String> found = new ArrayList<>();
        new Scanner(Trees.instance(task)).scan(units, found);
        return found;
    }

    private static final class Scanner extends TreePathScanner<Void, List<String>> {
        private final Trees trees;

        Scanner(Trees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitBinary(BinaryTree tree, List<String> found) {
            if (tree.getKind() == Tree.Kind.PLUS && joins(tree.getLeftOperand(), tree.getRightOperand())) {
                found.add(tree.toString());
            }
            return super.visitBinary(tree, found);
        }

        @Override
        public Void visitCompoundAssignment(CompoundAssignmentTree tree, List<String> found) {
            if (tree.getKind() == Tree.Kind.PLUS_ASSIGNMENT && joins(tree.getVariable(), tree.getExpression())) {
                found.add(tree.toString());
            }
            return super.visitCompoundAssignment(tree, found);
        }

        /** Whether what is visited is text, and one of its operands is a number. */
        private boolean joins(ExpressionTree left, ExpressionTree right) {
            return name(trees.getTypeMirror(getCurrentPath())).equals("java.lang.String")
                    && (isFloatingPoint(left) || isFloatingPoint(right));
        }

        private boolean isFloatingPoint(ExpressionTree operand) {
            TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), operand));
            return switch (type.getKind()) {
                case DOUBLE, FLOAT -> true;
                default -> BOXES.contains(name(type));
            };
        }

        /** Without what annotates it; empty when it is no class. */
        private static String name(TypeMirror type) {
            return type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element
                    ? element.getQualifiedName().toString()
                    : "";
        }
    }
}
