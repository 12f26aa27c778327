using RagStudio.Data.Migrator;

namespace RagStudio.Data.Testing;

/// <summary>Code that belongs to a migration, defined in the test.</summary>
public sealed class ContractCode(string name, Func<MigrationCodeContext, CancellationToken, Task> run) : IMigrationCode
{
    public string Name => name;

    public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken) =>
        run(context, cancellationToken);
}
