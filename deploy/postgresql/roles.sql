-- One role for each process, named as its system user, without a password; what two processes share belongs to a group role.
-- Once, as postgres: psql -f roles.sql. Then in /etc/landa-mewa/*.env (each file names its own process's role):
--   bot.env         INTAKE_DATABASE_URL=postgresql://landa-mewa-bot@/intake?host=/var/run/postgresql
--   actions.env     INTAKE_DATABASE_URL=postgresql://landa-mewa-actions@/intake?host=/var/run/postgresql
--   backoffice.env  BACKOFFICE_DATABASE_URL=postgresql://landa-mewa-backoffice@/backoffice?host=/var/run/postgresql
--   backup.env      both, with landa-mewa-backup@
CREATE ROLE landa_intake NOLOGIN;
CREATE ROLE landa_backoffice NOLOGIN;
CREATE ROLE "landa-mewa-bot" LOGIN IN ROLE landa_intake;
CREATE ROLE "landa-mewa-actions" LOGIN IN ROLE landa_intake;
CREATE ROLE "landa-mewa-backoffice" LOGIN IN ROLE landa_backoffice;
-- The back-up reads both sides and notes in both that it did; the drill makes two databases of its own beside them.
CREATE ROLE "landa-mewa-backup" LOGIN CREATEDB IN ROLE landa_intake, landa_backoffice;

CREATE DATABASE intake OWNER landa_intake;
CREATE DATABASE backoffice OWNER landa_backoffice;
REVOKE ALL ON DATABASE intake, backoffice FROM PUBLIC;
GRANT CONNECT ON DATABASE intake TO landa_intake;
GRANT CONNECT ON DATABASE backoffice TO landa_backoffice;

-- Whoever migrates first, the tables belong to all who share the database.
ALTER ROLE "landa-mewa-bot" IN DATABASE intake SET role = 'landa_intake';
ALTER ROLE "landa-mewa-actions" IN DATABASE intake SET role = 'landa_intake';
ALTER ROLE "landa-mewa-backup" IN DATABASE intake SET role = 'landa_intake';
ALTER ROLE "landa-mewa-backoffice" IN DATABASE backoffice SET role = 'landa_backoffice';
ALTER ROLE "landa-mewa-backup" IN DATABASE backoffice SET role = 'landa_backoffice';
\connect intake
ALTER SCHEMA public OWNER TO landa_intake;
\connect backoffice
ALTER SCHEMA public OWNER TO landa_backoffice;
