using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Contracts;

/// <summary>The contracts' application on the fake provider.</summary>
internal class FakeHarness(bool isTransactional) : IProviderHarness
{
    private static readonly FakeMigration CreateNotes = FakeMigration.Table(ContractVersion.CreateNotes, "notes");
    private static readonly FakeMigration CreateOthers = FakeMigration.Table(ContractVersion.CreateOthers, "others");
    private static readonly FakeMigration AddGreeting = Note(ContractVersion.AddGreeting, "greeting");
    private static readonly FakeMigration AddFarewell = Note(ContractVersion.AddFarewell, "farewell");

    private static readonly FakeMigration FailHalfWay = FakeMigration.Of(
        ContractVersion.FailHalfWay,
        content =>
        {
            content.Tables["notes"].Add("half");
            throw new InvalidOperationException("It fails half way.");
        }
    );

    private static readonly FakeMigration RunForEver = new(
        ContractVersion.RunForEver,
        (content, token) =>
        {
            content.Tables["notes"].Add("half");
            return Task.Delay(Timeout.Infinite, token);
        }
    );

    private readonly FakeServer _server = new(isTransactional) { PreparesCommits = isTransactional };
    private readonly TemporaryFolder _copies = new();
    private int _files;

    public FakeHarness()
        : this(isTransactional: false) { }

    public IMigrationDatabase Database(ContractRelease release, string place = "notes") =>
        release == ContractRelease.Other
            ? new FakeDatabase("others", At(place), CreateOthers)
            : new FakeDatabase("notes", At(place), MigrationsOf(release));

    public string NewFile() => _copies.Combine($"copy{++_files}.json");

    public async Task<IDatabaseStorage> NewScratchAsync(IDatabaseStorage original)
    {
        var scratch = await original.Scratch!.CreateAsync($"run{++_files}", default);
        return await scratch.ReserveAsync(original, "notes", target: null, default);
    }

    public void AddNotes(params string[] notes) => Change(content => content.Tables["notes"].AddRange(notes));

    public void BreakReference() => AddNotes("-> not there");

    public void ChangeHistory(long id, string detail) =>
        Change(content =>
        {
            var line = content.History.FindIndex(line => line.Id == id);
            content.History[line] = content.History[line] with { Detail = detail };
        });

    public void RemoveHistory(long id) => Change(content => content.History.RemoveAll(line => line.Id == id));

    public IReadOnlyList<string> Notes() => At("notes").Read().Tables.GetValueOrDefault("notes") ?? [];

    public Task AddNoteAsync(MigrationCodeContext context, string note)
    {
        ((FakeConnection)context.Connection).Content.Tables["notes"].Add(note);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _copies.Dispose();
    }

    private void Change(Action<FakeContent> change)
    {
        var content = At("notes").Read();
        change(content);
        At("notes").Write(content);
    }

    private FakeStorage At(string place) => new(_server, FakeServer.KeyOf(place));

    private static FakeMigration Note(string version, string note) => FakeMigration.Row(version, "notes", note);

    private static FakeMigration[] MigrationsOf(ContractRelease release) =>
        release switch
        {
            ContractRelease.First => [CreateNotes],
            ContractRelease.Gap => [CreateNotes, AddFarewell],
            ContractRelease.Current => [CreateNotes, AddGreeting, AddFarewell],
            ContractRelease.Failing => [CreateNotes, AddGreeting, FailHalfWay],
            _ => [CreateNotes, AddGreeting, RunForEver],
        };
}
