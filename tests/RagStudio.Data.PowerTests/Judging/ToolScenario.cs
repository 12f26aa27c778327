using System.Text.Json;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Cli;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>A command of <c>ragstudio-db</c> on RAG Studio's two databases.</summary>
internal abstract class ToolScenario(string name, params IReadOnlyList<string> command) : PowerScenario(name)
{
    private const string Time = "2026-01-01T00:00:00.0000000Z";

    private readonly TemporaryFolder _place = new();

    public override IReadOnlyCollection<int> FailureCodes =>
        [(int)ExitCode.Failed, (int)ExitCode.NeedsAttention, (int)ExitCode.BackupFailed];

    public override string Folder => _place.Combine("work");

    public override IReadOnlyList<string> Arguments => [typeof(ExitCode).Assembly.Location, .. command];

    protected string AppMeta => Path.Combine(Folder, "data", "app_meta.db");

    /// <summary>Migrates both databases, adds a row and the scenario's own content, and saves the result.</summary>
    public async Task<PowerScenario> PrepareAsync()
    {
        Directory.CreateDirectory(Folder);
        await DoAsync("migrate");
        using (var connection = new SqliteConnection($"Data Source={AppMeta};Pooling=False"))
        {
            connection.Open();
            using var insert = new SqliteCommand(
                $"INSERT INTO settings (key, value, created_at, updated_at) VALUES ('kept', '1', '{Time}', '{Time}')",
                connection
            );
            insert.ExecuteNonQuery();
        }
        await AddAsync();
        SqliteConnection.ClearAllPools();
        Directory.Move(Folder, _place.Combine("prepared"));
        return this;
    }

    public override string ErrorOf(RecordedRun run) => ((ExitCode)run.Code).ToString();

    public override void Reset() => Disk.DiskModel.Of(_place.Combine("prepared")).Now().WriteTo(Folder);

    public override async Task<IReadOnlyList<string>> FaultsAsync(bool isDone, Random random)
    {
        var faults = new List<string>();
        try
        {
            await JudgeAsync(isDone, faults);
            await ExpectAsync(faults, "status", "--check");
            await ExpectAsync(faults, "validate");
            ExpectCount(faults, "the row from before", 1, "SELECT count(*) FROM settings WHERE key = 'kept'");
            var partial = Directory.GetDirectories(Folder, "*.partial", SearchOption.AllDirectories);
            faults.AddRange(partial.Where(HoldsCopies).Select(path => $"{path} is left"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
        return faults;
    }

    public override void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _place.Dispose();
    }

    /// <summary>Adds the scenario's own content to the migrated databases.</summary>
    protected virtual Task AddAsync() => Task.CompletedTask;

    /// <summary>Examines the result of the command, and uses it again.</summary>
    protected abstract Task JudgeAsync(bool isDone, List<string> faults);

    protected async Task DoAsync(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        if (code != (int)ExitCode.Done)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {code}: {error}");
        }
    }

    protected async Task ExpectAsync(List<string> faults, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        if (code != (int)ExitCode.Done)
        {
            faults.Add($"{string.Join(' ', arguments)} ended with {code}: {output}{error}");
        }
    }

    /// <summary>Creates a set and verifies all sets.</summary>
    /// <returns>The number of sets before.</returns>
    protected async Task<int> ExpectBackupsAsync(List<string> faults, params string[] options)
    {
        var sets = (await JsonAsync(["backup", "list", .. options])).GetProperty("backups").GetArrayLength();
        await ExpectAsync(faults, ["backup", "verify", .. options]);
        await ExpectAsync(faults, ["backup", "create", .. options]);
        await ExpectAsync(faults, ["backup", "verify", .. options]);
        return sets;
    }

    protected async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync([.. arguments, "--json"]);
        return code == (int)ExitCode.Done
            ? JsonDocument.Parse(output).RootElement
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {code}: {output}{error}");
    }

    protected void ExpectCount(List<string> faults, string what, long count, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={AppMeta};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        if (command.ExecuteScalar() is var found && !Equals(found, count))
        {
            faults.Add($"{what}: {found}, not {count}");
        }
    }

    /// <summary>
    /// A folder without its marker belongs to no one: one that has lost it, or has not got it yet, may
    /// remain, but never with any content.
    /// </summary>
    private static bool HoldsCopies(string partial) =>
        Directory.EnumerateFileSystemEntries(partial).Any(path => Path.GetFileName(path) != ".ragstudio-backup");

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment(output, error, Folder, _ => null);
        var code = await CommandLine.RunAsync(arguments, environment, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
