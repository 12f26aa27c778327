using System.ComponentModel;
using System.Diagnostics;

namespace RagStudio.Data.PowerTests.Recording;

/// <summary>Compiles <c>recorder.c</c> once for this process.</summary>
internal sealed class RecorderLibrary : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RecorderLibrary() { }

    public string Path => _folder.Combine("recorder.so");

    /// <summary>Returns why this machine cannot use it; <see langword="null"/> if it can.</summary>
    public static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "the recorder is made for Linux";
        }
        try
        {
            using var gcc = Process.Start(
                new ProcessStartInfo("gcc", "--version") { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            _ = gcc.StandardOutput.ReadToEnd();
            gcc.WaitForExit();
            return gcc.ExitCode == 0 ? null : "gcc does not work";
        }
        catch (Win32Exception failure)
        {
            return $"there is no gcc: {failure.Message}";
        }
    }

    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static RecorderLibrary Compile()
    {
        var library = new RecorderLibrary();
        try
        {
            library.CompileSource();
            return library;
        }
        catch
        {
            library.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder.Dispose();

    private void CompileSource()
    {
        var source = _folder.Combine("recorder.c");
        using (var text = typeof(RecorderLibrary).Assembly.GetManifestResourceStream("recorder.c")!)
        using (var file = File.Create(source))
        {
            text.CopyTo(file);
        }
        string[] arguments =
        [
            "-shared",
            "-fPIC",
            "-O1",
            "-Wall",
            "-Wextra",
            // Fortified headers define their own functions with these names.
            "-U_FORTIFY_SOURCE",
            "-o",
            Path,
            source,
            "-ldl",
            "-lpthread",
        ];
        using var gcc = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardError = true })!;
        var messages = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        if (gcc.ExitCode != 0)
        {
            throw new InvalidOperationException($"recorder.c does not compile: {messages}");
        }
    }
}
