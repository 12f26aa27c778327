namespace RagStudio.Data.Benchmarks;

/// <summary>Both databases of RAG Studio are up to date, and a program starts.</summary>
internal sealed class StartWithNothingPending : ColdScenario
{
    public override string Name => "start";

    public override string Description => "nothing is pending in RAG Studio's two databases, a new process";

    public override IReadOnlyList<ColdTarget> Targets { get; } =
    [
        new(Programs.Ours, Programs.EF, 0.20),
        new(Programs.Ours, Programs.DbUp, 1),
        new(Programs.Ours, Programs.Evolve, 1),
        new(Programs.Ours, Programs.FluentMigrator, 1),
        new(Programs.Ours, Programs.PlainHistory, 1.35),
        new(Programs.OursInHost, Programs.EF, 0.20) { Less = Programs.EmptyHost },
        new(Programs.OursInHost, Programs.PlainHistory, 1.35) { Less = Programs.EmptyHost },
        new(Programs.ToolStatus, Programs.EF, 0.20),
        new(Programs.ToolMigrate, Programs.EF, 0.20),
    ];

    public override async Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick)
    {
        var folder = databases.NewFolder(Name);
        var (appMeta, events) = await WriteScriptsAsync(folder);
        var tool = quick ? Tool.AsBuilt() : await Tool.PublishAsync(databases.NewFolder("tool"));
        // What its users do not have is shown, but not judged.
        var state = quick ? ", not published" : "";
        var data = NewFolder("ours");
        IReadOnlyList<ColdChild> peers =
        [
            ColdChild.Self(Programs.EF, Child.EFRagStudio, NewFolder(Child.EFRagStudio)),
            Peer(Programs.DbUp, Child.DbUp),
            Peer(Programs.FluentMigrator, Child.FluentMigrator),
            Peer(Programs.Evolve, Child.Evolve),
        ];
        var ours = ColdChild.Self(Programs.Ours, Child.OursRagStudio, data);
        foreach (var migrates in peers.Append(ours))
        {
            await ChildProcess.TimeAsync(migrates);
        }
        return
        [
            ColdChild.Self(Programs.EmptyHost, Child.EmptyHost),
            ColdChild.Self(Programs.PlainHistory, Child.PlainHistory, data),
            .. peers,
            ours,
            ColdChild.Self(Programs.OursInHost, Child.OursHost, data),
            new(Programs.ToolStatus + state, tool, ["status", "--check", "--data-dir", data]),
            new(Programs.ToolMigrate + state, tool, ["migrate", "--data-dir", data]),
        ];

        string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

        ColdChild Peer(string name, string role)
        {
            var own = NewFolder(role);
            string[] given = [Path.Combine(own, "app_meta.db"), appMeta, Path.Combine(own, "events.db"), events];
            return ColdChild.Self(name, role, given);
        }
    }

    private static async Task<(string AppMeta, string Events)> WriteScriptsAsync(string folder)
    {
        await using var appMeta = new AppMetaContext(EFRagStudioChild.Options<AppMetaContext>(folder, "none"));
        await using var events = new EventsContext(EFRagStudioChild.Options<EventsContext>(folder, "none"));
        var files = (Path.Combine(folder, "AppMetaScripts.dll"), Path.Combine(folder, "EventsScripts.dll"));
        await ScriptAssembly.WriteAsync(files.Item1, MigrationScripts.Of(appMeta));
        await ScriptAssembly.WriteAsync(files.Item2, MigrationScripts.Of(events));
        return files;
    }
}
