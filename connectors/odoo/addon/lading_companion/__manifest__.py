# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
{
    'name': 'Lading Companion',
    'summary': 'Unique keys, invoices made and posted in one transaction, and what became of an order',
    'description': 'For an Odoo that Lading, the shipment-to-cash hub, works with. Optional: Lading works without it.',
    'author': 'Lading',
    'category': 'Accounting/Accounting',
    'version': '1.0.0',
    'license': 'Other OSI approved licence',  # Apache-2.0
    'depends': ['sale_stock'],
    'data': [
        'security/ir.model.access.csv',
        'data/ir_cron.xml',
        'views/sale_order_views.xml',
    ],
    'post_init_hook': 'post_init_hook',
    'uninstall_hook': 'uninstall_hook',
    'installable': True,
}
