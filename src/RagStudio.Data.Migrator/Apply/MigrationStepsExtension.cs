using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator;

/// <summary>Carries what one run gives to <see cref="MigrationStepExecutor"/>, which EF itself creates.</summary>
internal sealed class MigrationStepsExtension(IMigrationStepProvider provider, IMigrationObserver observer)
    : IDbContextOptionsExtension
{
    public IMigrationStepProvider Provider { get; } = provider;

    public IMigrationObserver Observer { get; } = observer;

    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services) { }

    public void Validate(IDbContextOptions options) { }

    /// <summary>Says that the extension adds no services, so that every run shares one EF service provider.</summary>
    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using migration steps ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) { }
    }
}
