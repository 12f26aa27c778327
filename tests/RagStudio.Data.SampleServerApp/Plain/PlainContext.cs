using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleServerApp.Plain;

/// <summary>Nothing tells its provider: it receives its options, and its migrations have no model.</summary>
public sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options);
