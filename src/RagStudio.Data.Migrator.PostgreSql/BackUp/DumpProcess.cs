using System.ComponentModel;
using System.Diagnostics;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>Runs one of PostgreSQL's programs. What it needs to connect is in its environment, never in its arguments.</summary>
/// <param name="program">The path of the program.</param>
/// <param name="environment">Its variables; <see langword="null"/> for one that is removed.</param>
internal sealed class DumpProcess(string program, IReadOnlyDictionary<string, string?> environment)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Runs it to its end, or kills it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="write">Receives its output, piece by piece.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="DumpProcessException">It failed.</exception>
    public async Task RunAsync(
        IEnumerable<string> arguments,
        Func<ReadOnlyMemory<byte>, Task> write,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await CopyAsync(process.StandardOutput.BaseStream, write, cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await KillAsync(process).ConfigureAwait(false);
            throw;
        }
        if (process.ExitCode != 0)
        {
            throw new DumpProcessException(Describe(await errors.ConfigureAwait(false), process.ExitCode));
        }
    }

    /// <summary>Runs it to its end, without its output.</summary>
    public Task RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, _ => Task.CompletedTask, cancellationToken);

    /// <summary>Runs it for a short output.</summary>
    public async Task<string> ReadAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await RunAsync(arguments, piece => output.WriteAsync(piece, CancellationToken.None).AsTask(), cancellationToken)
            .ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
            if (value is null)
            {
                start.Environment.Remove(name);
            }
        }
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception failure)
        {
            throw new DumpProcessException($"'{program}' cannot be started: {failure.Message}", failure);
        }
    }

    private static async Task CopyAsync(
        Stream output,
        Func<ReadOnlyMemory<byte>, Task> write,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await output.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await write(buffer.AsMemory(0, read)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends it, so that nothing of it is at work when the caller goes on.</summary>
    private static async Task KillAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>
    /// Its own messages. The lines that explain them are left out: they quote rows of the application and whole
    /// statements.
    /// </summary>
    private string Describe(string errors, int code)
    {
        var name = Path.GetFileNameWithoutExtension(program) + ": ";
        string[] lines =
        [
            .. errors
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => line.StartsWith(name, StringComparison.Ordinal))
                .Where(line => !line[name.Length..].StartsWith("detail:", StringComparison.Ordinal)),
        ];
        return lines.Length == 0
            ? $"'{program}' ended with exit code {code}"
            : string.Join("; ", lines.Distinct(StringComparer.Ordinal).Take(5)).TrimEnd('.');
    }
}
