@echo off
rem Runs Maven on this project; the first time it downloads it. Needs a JDK 17 or later and nothing
rem else: JAVA_HOME, or else the java on the PATH. See .mvn\wrapper\MavenWrapper.java.
setlocal
set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" "-Dmvnw.dir=%~dp0." "%~dp0.mvn\wrapper\MavenWrapper.java" %*
exit /b %ERRORLEVEL%
