using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp;

/// <summary>A context that configures itself and has no factory.</summary>
public sealed class PreferencesContext : DbContext
{
    /// <summary>The preferences.</summary>
    public DbSet<Preference> Preferences => Set<Preference>();

    /// <inheritdoc />
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite("Data Source=preferences.db");
}
