@echo off
rem SwinJ without a window: swinj COMMAND key=value ... ; swinj --help lists the commands.
rem SWINJ_HEAP sets the Java heap, JAVA_HOME the Java to use.
setlocal
set "HERE=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "HEAP="
if defined SWINJ_HEAP set "HEAP=-Xmx%SWINJ_HEAP%"
if not exist "%HERE%\target\dependency" (
	echo Building SwinJ first ... 1>&2
	pushd "%HERE%" && call mvnw.cmd -q -B -ntp -DskipTests package 1>&2 && popd
)
"%JAVA%" %HEAP% -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn --add-opens=java.base/java.lang=ALL-UNNAMED -cp "%HERE%\target\classes;%HERE%\target\dependency\*" org.swinj.cli.Main %*
exit /b %ERRORLEVEL%
