using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The databases of one side of a copy.</summary>
/// <param name="services">Their services.</param>
/// <param name="folders">The folders of those that are files, which may not exist.</param>
internal sealed class CopySide(ServiceProvider services, IReadOnlyList<string> folders) : IAsyncDisposable
{
    public IReadOnlyList<string> Folders => folders;

    public IMigrationManager Manager => services.GetRequiredService<IMigrationManager>();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
