using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp;

/// <summary>Can be created by nobody but its application.</summary>
public sealed class UntoldContext(DbContextOptions<UntoldContext> options, ITenant tenant) : DbContext(options)
{
    /// <summary>Whose data it is.</summary>
    public string Tenant { get; } = tenant.Name;
}
