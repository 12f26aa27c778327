using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>Plays the engine's part towards a provider, and records the provider's calls.</summary>
public sealed class RecordingObserver(string database = "notes", bool isReverting = false) : IMigrationObserver
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Dictionary<(string Version, CodeMoment Moment), List<IMigrationCode>> _code = [];
    private readonly List<string> _calls = [];
    private readonly List<MigrationRecord> _records = [];

    /// <summary>A word for each call, with the id that it concerned.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>The lines that the provider received for the history, in order.</summary>
    public IReadOnlyList<MigrationRecord> Records => _records;

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    public Action<string> OnStarting { get; init; } = _ => { };

    public Action<MigrationStep> OnDescribe { get; init; } = _ => { };

    public bool IsReverting { get; } = isReverting;

    public RecordingObserver With(string version, CodeMoment moment, IMigrationCode code)
    {
        _code.TryAdd((version, moment), []);
        _code[(version, moment)].Add(code);
        return this;
    }

    public TimeSpan LimitOf(string version) => Limit;

    public IReadOnlyList<IMigrationCode> CodeFor(string version, CodeMoment moment) =>
        _code.TryGetValue((version, moment), out var code) ? code : [];

    public void Starting(string version)
    {
        _calls.Add("starting " + version);
        OnStarting(version);
    }

    public void Advanced(string version, long completed, long total) =>
        _calls.Add($"advanced {version} {completed}/{total}");

    public MigrationRecord Describe(MigrationStep done)
    {
        _calls.Add("describe " + done.Version);
        OnDescribe(done);
        var what = IsReverting ? MigrationEvent.Reverted : MigrationEvent.Applied;
        return Remember(
            Record(what, done.Version, KnownMigration.NameOf(done.Version)) with
            {
                Kind = done.Kind,
                Checksum = done.Checksum,
                RollbackSql = done.RollbackSql,
            }
        );
    }

    public MigrationRecord Describe(string version, IMigrationCode code, TimeSpan duration)
    {
        _calls.Add($"describe {version} {code.Name}");
        return Remember(Record(MigrationEvent.CodeRun, version, code.Name));
    }

    public void Applied(MigrationStep done) => _calls.Add("applied " + done.Version);

    public void ClearedOrphanedLock() => _calls.Add("cleared orphaned lock");

    /// <summary>A line whose fields survive in any storage; each is a minute later than the previous one.</summary>
    public MigrationRecord Record(MigrationEvent what, string? version, string? name) =>
        new(
            Id: 0,
            what,
            database,
            version,
            name,
            MigrationKind.Data,
            Start.AddMinutes(_records.Count),
            TimeSpan.FromMilliseconds(12.5),
            Checksum: null,
            RollbackSql: null,
            "1.2.3",
            "10.0.15",
            "run",
            Detail: null
        );

    private MigrationRecord Remember(MigrationRecord record)
    {
        _records.Add(record);
        return record;
    }
}
