using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp;

/// <summary>A context whose migrations are in another assembly.</summary>
public sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options);
