# How Mixgraph's Java is started, by the launcher at the root and by the one of the image. They source this and say:
#
# java     the Java machine, 17 or newer
# jar      mixgraph.jar, with the folder lib beside it
# archive  the file in which loaded classes are kept

# A render makes little garbage, so a small heap is enough, and what many clips leave behind is cleared away before
# memory grows.
memory="-XX:+UseSerialGC -Xms24m -Xmx512m -Xmn8m"

# In pages of 2 MB where Linux gives them to who asks: some percent faster, for 4 MB more.
pages=/sys/kernel/mm/transparent_hugepage/enabled
if [ -r "$pages" ] && read -r given < "$pages"; then
    case $given in
        *'[always]'* | *'[madvise]'*) memory="$memory -XX:+UseTransparentHugePages" ;;
    esac
fi

# A render is over in seconds, so compiling counts. Loops are compiled once and called, not again in every caller (the
# sizes). Each is compiled as a whole after a few calls, and not before from the middle of one; what has no loop is
# mostly left to the quick compiler (the thresholds).
compiler="-XX:InlineSmallCode=400 -XX:FreqInlineSize=100
    -XX:Tier3MinInvocationThreshold=2 -XX:Tier3BackEdgeThreshold=200000
    -XX:Tier4MinInvocationThreshold=5 -XX:Tier4InvocationThreshold=20000
    -XX:Tier4CompileThreshold=40000 -XX:Tier4BackEdgeThreshold=400000"

# Keeps loaded classes from run to run (class-data sharing), which saves a third of the start: those that a rehearsal
# loads, on the example in a folder. Picocli's class files are of Java 5. An archive made at the rehearsal's own exit
# (ArchiveClassesAtExit) would leave them out, and so would one made with what newer Javas note of constants (@cp). The
# file appears whole or not at all, for half an archive crashes Java 17.
# shellcheck disable=SC2086,SC2154  # Several words; given by whoever sources this.
archive_classes() {
    new=$archive.$$
    if "$java" $memory -XX:DumpLoadedClassList="$new.loaded" \
        -cp "$jar" io.mixgraph.cli.Rehearsal "$1" > /dev/null 2>&1 &&
        grep -v '^@cp ' "$new.loaded" > "$new.list" &&
        "$java" $memory -XX:+SuppressFatalErrorMessage -Xshare:dump \
            -XX:SharedClassListFile="$new.list" -XX:SharedArchiveFile="$new" -jar "$jar" > /dev/null 2>&1 &&
        mv -f "$new" "$archive"; then
        archived=true
    else
        archived=false
    fi
    rm -f "$new.loaded" "$new.list" "$new"
    $archived
}

# Becomes mixgraph with these words.
start() {
    # File names are UTF-8 wherever the system lets them be.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
        *) export LC_ALL=C.UTF-8 ;;
    esac

    terminal=false
    [ -t 2 ] && terminal=true

    # What goes before the command; -jar itself would look at no other jar.
    if [ -n "${MIXGRAPH_CLASSPATH:-}" ]; then
        set -- --enable-native-access=ALL-UNNAMED -cp "$jar:$MIXGRAPH_CLASSPATH" io.mixgraph.cli.Main "$@"
    else
        set -- -jar "$jar" "$@"
    fi

    # shellcheck disable=SC2086  # MIXGRAPH_JAVA_OPTS is several words.
    set -- ${MIXGRAPH_JAVA_OPTS:-} "$@"

    # Without an archive everything works, only later, and so it does with one that fits no more: what Java would log of
    # that is for nobody. It lies where it was made for; Java would else move it somewhere else and change every address
    # in it.
    if [ -s "$archive" ]; then
        set -- -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:SharedArchiveFile="$archive" "$@"
    fi

    # What reads a record by reflection, a few times in a run, gets no class of its own: the first option is for Java 18
    # and newer, the second for 17. And what picocli could make of words on the command line leaves out dates and
    # databases, which would have to be set up first.
    # shellcheck disable=SC2086,SC2154  # As above.
    exec "$java" $memory $compiler -Xshare:auto -Xlog:disable -XX:-UsePerfData \
        -Djdk.reflect.useNativeAccessorOnly=true -Dsun.reflect.inflationThreshold=1000000 \
        -Dpicocli.converters.excludes='java[.](time|sql)[.].*' -Dmixgraph.terminal=$terminal "$@"
}
