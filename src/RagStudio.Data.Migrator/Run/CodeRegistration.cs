namespace RagStudio.Data.Migrator.Run;

/// <summary>Code that an application has registered for a migration.</summary>
internal sealed record CodeRegistration(
    string Database,
    string Version,
    CodeMoment Moment,
    Func<IServiceProvider, IMigrationCode> Create
);
