# Shared by build and validate: builds the plugin with Maven, then calls the tool in src/.

root=$(CDPATH= cd -- "$here/.." && pwd -P)
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

# MAVEN_ARGS is a list of words.
# shellcheck disable=SC2086
maven() {
  (cd "$root" && mvn -q -B -Dstyle.color=never ${MAVEN_ARGS:-} "$@") >&2 || {
    echo "Maven failed; its messages are above." >&2
    exit 1
  }
}

# The builds of TensorFlow's library that Maven does not have yet (80 to 150 MB each).
fetch_natives() {
  version=$(sed -n 's/.*<tensorflow-native.version>\(.*\)<.*/\1/p' "$root/pom.xml")
  for classifier in linux-x86_64 macosx-arm64 macosx-x86_64 windows-x86_64; do
    maven dependency:get -Dtransitive=false \
      -Dartifact="org.tensorflow:tensorflow-core-native:$version:jar:$classifier"
  done
}

run() {
  command=$1
  shift
  maven -DskipTests -Dspotless.check.skip=true package
  exec "$java" -Djdk.console=java.base \
    -cp "$root/target/test-classes:$root/target/classes:$(cat "$root/target/classpath.txt")" \
    org.anatomicalpriors.updatesite.Main "$command" --project "$root" "$@"
}
