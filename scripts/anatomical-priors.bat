@echo off
rem Runs a command of Anatomical Priors from this source folder; builds it first where that is needed.
rem JAVA_HOME: which Java to use. JAVA_OPTS: further options for Java. MAVEN_ARGS: further options for the build.
setlocal
set "ROOT=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" --version >nul 2>&1
if errorlevel 1 (
  echo No Java of version 11 or later was found; install a JDK or set JAVA_HOME to one. 1>&2
  exit /b 1
)
powershell -NoProfile -Command "$s = Get-Item -ErrorAction SilentlyContinue '%ROOT%\target\built-by-script'; $n = Get-ChildItem -Recurse -File '%ROOT%\src\main', '%ROOT%\pom.xml'; if (-not $s -or -not (Test-Path '%ROOT%\target\classpath.txt') -or ($n | Where-Object LastWriteTime -gt $s.LastWriteTime)) { exit 1 }"
if not errorlevel 1 goto run
where mvn >nul 2>&1
if errorlevel 1 (
  echo Maven ^(mvn^) was not found and is needed to build; install Maven 3.6 or later. 1>&2
  exit /b 1
)
echo Building (the first time this downloads TensorFlow and takes some minutes) ... 1>&2
call mvn -q -B -f "%ROOT%\pom.xml" %MAVEN_ARGS% -Dmaven.test.skip=true -Dspotless.check.skip=true package 1>&2
if errorlevel 1 (
  echo The build failed; its messages are above. 1>&2
  exit /b 1
)
type nul > "%ROOT%\target\built-by-script"
:run
rem The class path is longer than a command line may be: Java reads it from a file, with / for \.
powershell -NoProfile -Command "$p = (Resolve-Path '%ROOT%\target\classes').Path + ';' + (Get-Content '%ROOT%\target\classpath.txt'); [IO.File]::WriteAllText('%ROOT%\target\java-arguments.txt', '-cp \"' + $p.Replace('\', '/') + '\"')"
"%JAVA%" -XX:MaxRAMPercentage=50 -Djdk.console=java.base %JAVA_OPTS% "@%ROOT%\target\java-arguments.txt" org.anatomicalpriors.cli.Main %*
exit /b %ERRORLEVEL%
