# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""What data files cannot say alike for 17, 18 and 19, and what must not stay behind."""

PARAMETERS = ('lading.hook_url', 'lading.hook_secret')


def post_init_hook(env):
    # 17 counts the runs of a scheduled action and stops after the first, unless told otherwise; 18 knows no count.
    cron = env.ref('lading_companion.push_changes')
    if 'numbercall' in cron._fields:
        cron.numbercall = -1


def uninstall_hook(env):
    env['ir.config_parameter'].search([('key', 'in', PARAMETERS)]).unlink()
