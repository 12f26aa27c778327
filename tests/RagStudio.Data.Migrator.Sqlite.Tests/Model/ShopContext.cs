using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>An application's context with orders and their lines. Its migrations are versions 1 to 4.</summary>
public class ShopContext(DbContextOptions options) : DbContext(options);
